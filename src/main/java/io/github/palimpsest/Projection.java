package io.github.palimpsest;

import io.github.palimpsest.event.Event;
import java.util.function.BiFunction;

/**
 * A fold of one object's domain events into a value, such as the balance of an account.
 *
 * @param <R> the value
 * @param initial the value before the first event
 * @param fold pure: the value so far and the next domain event to the next value
 */
public record Projection<R>(R initial, BiFunction<R, Event, R> fold) {}
