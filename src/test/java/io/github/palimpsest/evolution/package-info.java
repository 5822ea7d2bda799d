/**
 * One application in three versions on the same database: its entities were renamed and changed.
 */
@NullMarked
package io.github.palimpsest.evolution;

import org.jspecify.annotations.NullMarked;
