/**
 * The feed as it grows: clients that stay connected, and what tells them of new events.
 *
 * <p>It decides when to read, what a client gets and when it has to go; what an event looks like,
 * and who may ask, is left to {@code rest}.
 */
@NullMarked
package io.github.palimpsest.rest.live;

import org.jspecify.annotations.NullMarked;
