/**
 * Describes history's calls for MicroProfile OpenAPI, where a server has it.
 *
 * <p>It decides what the description says beyond what annotations of Jakarta REST tell; the calls
 * themselves are {@code rest}'s, which does not know of it.
 */
@NullMarked
package io.github.palimpsest.rest.openapi;

import org.jspecify.annotations.NullMarked;
