/**
 * Entity to JSON and back: which attributes an entity has, and how each value is written.
 *
 * <p>It decides the stored encoding; when something is written is left to {@code capture}, and how
 * a JPA provider describes its mappings to the adapter packages below.
 */
@NullMarked
package io.github.palimpsest.state;

import org.jspecify.annotations.NullMarked;
