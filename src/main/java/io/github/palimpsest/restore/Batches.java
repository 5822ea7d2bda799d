package io.github.palimpsest.restore;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Cuts a stream into lists while it is consumed. */
final class Batches {
  private Batches() {}

  static <T> Stream<List<T>> of(Stream<T> stream, int size) {
    Iterator<T> each = stream.iterator();
    return Stream.generate(() -> next(each, size)).takeWhile(batch -> !batch.isEmpty());
  }

  private static <T> List<T> next(Iterator<T> each, int size) {
    List<T> batch = new ArrayList<>();
    while (batch.size() < size && each.hasNext()) {
      batch.add(each.next());
    }
    return batch;
  }
}
