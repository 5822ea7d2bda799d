package io.github.palimpsest.container;

import io.github.palimpsest.capture.TransactionChanges;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.EntityModel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose history: an object that may get its id only later in the transaction, or an id. */
sealed interface Subject {
  /** Returns the stream; throws IllegalStateException while the object has no id. */
  StreamId stream();

  void append(
      TransactionChanges changes,
      EntityModel model,
      String name,
      Map<String, ? extends @Nullable Object> data);

  /** Named by id. */
  record ById(StreamId stream) implements Subject {
    @Override
    public void append(
        TransactionChanges changes,
        EntityModel model,
        String name,
        Map<String, ? extends @Nullable Object> data) {
      changes.appended(model, stream, name, data);
    }
  }

  /** Named by the entity itself. */
  record ByEntity(EntityModel model, Object entity) implements Subject {
    @Override
    public StreamId stream() {
      return model.stream(entity)
          .orElseThrow(() -> new IllegalStateException("the entity has no id yet"));
    }

    @Override
    public void append(
        TransactionChanges changes,
        EntityModel same,
        String name,
        Map<String, ? extends @Nullable Object> data) {
      changes.appended(same, entity, name, data);
    }
  }
}
