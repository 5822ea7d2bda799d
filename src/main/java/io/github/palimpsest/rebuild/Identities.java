package io.github.palimpsest.rebuild;

import io.github.palimpsest.event.StreamId;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers which instance stands for an object, as long as something else holds the instance. */
final class Identities {
  private final Map<StreamId, Held> held = new HashMap<>();
  private final ReferenceQueue<Object> dropped = new ReferenceQueue<>();

  private static final class Held extends WeakReference<Object> {
    private final StreamId stream;

    private Held(StreamId stream, Object object, ReferenceQueue<Object> dropped) {
      super(object, dropped);
      this.stream = stream;
    }
  }

  @Nullable Object get(StreamId stream) {
    Held known = held.get(stream);
    return known == null ? null : known.get();
  }

  void put(StreamId stream, Object object) {
    for (Reference<?> gone = dropped.poll(); gone != null; gone = dropped.poll()) {
      held.remove(((Held) gone).stream, gone);
    }
    held.put(stream, new Held(stream, object, dropped));
  }
}
