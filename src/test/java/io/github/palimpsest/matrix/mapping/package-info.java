/**
 * The entities of the matrix and what is expected of them. Their fields are null as a provider
 * likes, so nullness is not checked here.
 */
@NullUnmarked
package io.github.palimpsest.matrix.mapping;

import org.jspecify.annotations.NullUnmarked;
