/**
 * What HTTP says about history: resources, and every error as RFC 9457.
 *
 * <p>It decides paths, statuses and shapes; what the answers hold is left to rebuild and restore.
 */
@NullMarked
package io.github.palimpsest.rest;

import org.jspecify.annotations.NullMarked;
