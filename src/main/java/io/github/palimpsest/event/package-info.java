/**
 * The event table: values, and the only code that reads and writes it.
 *
 * <p>It decides how events, snapshots and settled instants are stored; what an event means to an
 * entity is left to {@code state} and {@code rebuild}.
 */
@NullMarked
package io.github.palimpsest.event;

import org.jspecify.annotations.NullMarked;
