/**
 * From events to states: what an object was, at any instant or position.
 *
 * <p>It decides how events fold, and answers questions about what they come to; how they are
 * fetched is left to {@code event}, what a state means to an entity class to {@code state}.
 */
@NullMarked
package io.github.palimpsest.rebuild;

import org.jspecify.annotations.NullMarked;
