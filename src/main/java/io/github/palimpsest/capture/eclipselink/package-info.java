/** Hears EclipseLink's changes and its commit. */
@NullMarked
package io.github.palimpsest.capture.eclipselink;

import org.jspecify.annotations.NullMarked;
