package io.github.palimpsest.restore;

import io.github.palimpsest.ConflictException;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.References;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Remembers which referenced entities are not there, and what refers to them. */
final class MissingReferences implements References {
  private final References live;
  private @Nullable StreamId referring;
  private @Nullable Class<?> open;
  private boolean hasLeftOpen;
  private final Set<String> missing = new LinkedHashSet<>();

  MissingReferences(References live) {
    this.live = live;
  }

  /** Names what refers from now on. */
  void from(StreamId stream) {
    referring = stream;
    hasLeftOpen = false;
  }

  /** Leaves references to missing entities of that class for later: they are being restored. */
  void leaveOpen(Class<?> entityClass) {
    open = entityClass;
  }

  /** Leaves nothing for later from now on. */
  void requireAll() {
    open = null;
  }

  /** Returns whether what refers now has references that were left for later. */
  boolean hasLeftOpen() {
    return hasLeftOpen;
  }

  @Override
  public @Nullable Object resolve(Class<?> entityClass, Object primaryKey) {
    Object entity = live.resolve(entityClass, primaryKey);
    if (entity == null && entityClass.equals(open)) {
      hasLeftOpen = true;
    } else if (entity == null) {
      missing.add(
          "%s refers to %s %s, which does not exist."
              .formatted(referring, entityClass.getSimpleName(), primaryKey));
    }
    return entity;
  }

  boolean isComplete() {
    return missing.isEmpty();
  }

  void requireNone() {
    if (!missing.isEmpty()) {
      throw new ConflictException(List.copyOf(missing));
    }
  }
}
