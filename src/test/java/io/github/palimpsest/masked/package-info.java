/** Entities with attributes whose values must not get into the history. */
@NullMarked
package io.github.palimpsest.masked;

import org.jspecify.annotations.NullMarked;
