/** Persistence units on EclipseLink. */
@NullMarked
package io.github.palimpsest.provider.eclipselink;

import org.jspecify.annotations.NullMarked;
