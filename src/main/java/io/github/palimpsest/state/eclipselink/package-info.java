/** Reads EclipseLink's mappings into entity models. */
@NullMarked
package io.github.palimpsest.state.eclipselink;

import org.jspecify.annotations.NullMarked;
