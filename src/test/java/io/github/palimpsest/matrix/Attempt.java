package io.github.palimpsest.matrix;

import io.github.palimpsest.event.StreamId;
import java.time.Instant;
import java.util.List;

/**
 * A step that was done.
 *
 * @param before an instant between the making of the entity and the step
 * @param streams the entity's, then those of others that the step changed
 */
record Attempt(Instant before, List<StreamId> streams) {}
