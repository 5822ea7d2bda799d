/**
 * Makes live entities equal to an old state, as a new change that is captured again.
 *
 * <p>It decides what to change and what stands in the way; the old state comes from {@code
 * rebuild}, and how an entity is changed through a JPA provider is left to the adapter packages
 * below.
 */
@NullMarked
package io.github.palimpsest.restore;

import org.jspecify.annotations.NullMarked;
