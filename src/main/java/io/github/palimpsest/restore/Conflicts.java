package io.github.palimpsest.restore;

import io.github.palimpsest.Conflict;
import io.github.palimpsest.event.StreamId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts what an undo leaves as it is, and lists the first of it. In memory are the ids of all. */
final class Conflicts {
  private final int listed;
  private final Set<Place> known = new HashSet<>();
  private final List<Conflict> first = new ArrayList<>();
  private long count;

  private record Place(StreamId stream, @Nullable String attribute) {}

  /**
   * Creates it.
   *
   * @param listed how many it lists at most
   */
  Conflicts(int listed) {
    this.listed = listed;
  }

  /** Adds what is left as it is at an attribute, or as a whole; told again it counts once. */
  void addOnce(StreamId stream, @Nullable String attribute, Supplier<String> detail) {
    if (known.add(new Place(stream, attribute))) {
      count++;
      if (first.size() < listed) {
        first.add(new Conflict(stream.contentType(), stream.objectId(), attribute, detail.get()));
      }
    }
  }

  void add(Conflict conflict) {
    count++;
    if (first.size() < listed) {
      first.add(conflict);
    }
  }

  long count() {
    return count;
  }

  List<Conflict> first() {
    return List.copyOf(first);
  }
}
