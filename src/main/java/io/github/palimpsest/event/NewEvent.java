package io.github.palimpsest.event;

import org.jspecify.annotations.Nullable;

/**
 * An event to be appended; position, stamp and transaction are the database's.
 *
 * @param stream whose event
 * @param operation what happened
 * @param name the domain event's type; null for every other operation
 * @param source who saw it
 * @param schemaVersion version of the entity class that wrote the body, from 1
 * @param body JSON object as text
 * @param before for an update, what the changed attributes were before the transaction, as far as
 *     it is known: a JSON object as text; else null. It is not stored
 */
public record NewEvent(
    StreamId stream,
    Operation operation,
    @Nullable String name,
    Source source,
    int schemaVersion,
    String body,
    @Nullable String before) {
  public NewEvent {
    if ((operation == Operation.DOMAIN) != (name != null)) {
      throw new IllegalArgumentException(
          "a domain event has a name and no other has, was %s named %s".formatted(operation, name));
    }
  }

  /** Creates an event that tells nothing of what was before. */
  public NewEvent(
      StreamId stream,
      Operation operation,
      @Nullable String name,
      Source source,
      int schemaVersion,
      String body) {
    this(stream, operation, name, source, schemaVersion, body, null);
  }
}
