package io.github.palimpsest.restore;

import io.github.palimpsest.MissingReferenceException;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.EntityModels;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Remembers which referenced objects are not there and do not come back, and who refers to them.
 */
final class Missing {
  private final Set<String> names = new LinkedHashSet<>();
  private final Set<String> sentences = new LinkedHashSet<>();

  void add(StreamId referring, Reference reference, EntityModels models) {
    names.add(
        reference.stream(models)
            .map(StreamId::toString)
            .orElseGet(
                () -> reference.entityClass().getSimpleName() + "/" + reference.primaryKey()));
    sentences.add("%s refers to %s, which does not exist.".formatted(referring, reference.name()));
  }

  boolean isEmpty() {
    return sentences.isEmpty();
  }

  void requireNone() {
    if (!isEmpty()) {
      throw new MissingReferenceException(names, sentences);
    }
  }
}
