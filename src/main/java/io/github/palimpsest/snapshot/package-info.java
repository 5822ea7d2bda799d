/**
 * Stores states now and then, so that a rebuild need not start from the first event.
 *
 * <p>It decides when a snapshot is due; how states are rebuilt is left to {@code rebuild}.
 */
@NullMarked
package io.github.palimpsest.snapshot;

import org.jspecify.annotations.NullMarked;
