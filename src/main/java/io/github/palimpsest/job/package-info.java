/**
 * Keeps what runs in the background: what was asked for, how far it is and how it ended. How it is
 * done, and on which thread, is left to others.
 */
@NullMarked
package io.github.palimpsest.job;

import org.jspecify.annotations.NullMarked;
