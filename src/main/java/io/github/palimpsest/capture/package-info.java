/**
 * From changed entities to events: what a transaction changed, net, one event per object.
 *
 * <p>It decides what is a change and who made it; how values are written is left to {@code state},
 * how they are stored to {@code event}, and how a JPA provider tells of changes to the adapter
 * packages below.
 */
@NullMarked
package io.github.palimpsest.capture;

import org.jspecify.annotations.NullMarked;
