package io.github.palimpsest.restore;

import io.github.palimpsest.Change;
import io.github.palimpsest.Restored;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.StreamId;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What makes one object as it shall be.
 *
 * @param entity the live one; empty if it has to be created
 * @param changes live value to wanted value
 * @param notRestored attributes that differ and stay so: masked, or written by no update
 * @param isInsertedWhole whether, if it has to be created, that stores all of its state
 * @param references to what the changed attributes refer, each with the attributes that do
 */
record Step(
    Goal goal,
    Optional<Object> entity,
    List<Change> changes,
    List<String> notRestored,
    boolean isInsertedWhole,
    Map<Reference, Set<String>> references) {
  StreamId stream() {
    return goal.stream();
  }

  boolean isCreation() {
    return entity.isEmpty();
  }

  /** Returns whether there is nothing to do and nothing to tell. */
  boolean isIdle() {
    return !isCreation() && changes.isEmpty() && notRestored.isEmpty();
  }

  /** Returns the names of the attributes that change. */
  Set<String> changedAttributes() {
    return changes.stream()
        .map(Change::attribute)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  @Nullable Operation operation() {
    if (isCreation()) {
      return Operation.PERSIST;
    }
    return changes.isEmpty() ? null : Operation.UPDATE;
  }

  Restored told(@Nullable Instant asOf, boolean isDryRun) {
    return new Restored(
        stream().contentType(),
        stream().objectId(),
        asOf,
        isDryRun,
        operation(),
        changes,
        notRestored);
  }
}
