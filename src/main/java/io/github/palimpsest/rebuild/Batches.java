package io.github.palimpsest.rebuild;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Takes a stream in pieces, so that each can be read or made at once. */
public final class Batches {
  private Batches() {}

  /**
   * Returns the elements in lists of {@code size}, the last one shorter; read as it is consumed.
   */
  public static <E> Stream<List<E>> of(Stream<E> elements, int size) {
    Iterator<E> all = elements.iterator();
    return Stream.generate(() -> next(all, size)).takeWhile(batch -> !batch.isEmpty());
  }

  private static <E> List<E> next(Iterator<E> elements, int size) {
    List<E> batch = new ArrayList<>();
    while (batch.size() < size && elements.hasNext()) {
      batch.add(elements.next());
    }
    return batch;
  }
}
