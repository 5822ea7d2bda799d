/**
 * The JPA matrix: every mapping kind, each operation on it, on each provider.
 *
 * <p>It decides how a cell is judged; the entities and what is expected of them are in {@code
 * mapping}.
 */
@NullMarked
package io.github.palimpsest.matrix;

import org.jspecify.annotations.NullMarked;
