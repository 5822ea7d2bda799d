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
  private final Set<String> missing = new LinkedHashSet<>();

  MissingReferences(References live) {
    this.live = live;
  }

  /** Names what refers from now on. */
  void from(StreamId stream) {
    referring = stream;
  }

  @Override
  public @Nullable Object resolve(Class<?> entityClass, Object primaryKey) {
    Object entity = live.resolve(entityClass, primaryKey);
    if (entity == null) {
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
