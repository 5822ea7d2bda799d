/**
 * Brings into the history what capture did not see: rows that were there before it, by baselines;
 * what is changed past JPA, by triggers; and where rows and history differ all the same, by a drift
 * check that can reconcile them.
 *
 * <p>It decides which rows and when; how a row reads as a state is left to {@code state}, how
 * events are stored to {@code event}.
 */
@NullMarked
package io.github.palimpsest.guard;

import org.jspecify.annotations.NullMarked;
