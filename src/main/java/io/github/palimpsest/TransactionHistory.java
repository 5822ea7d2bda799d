package io.github.palimpsest;

import java.util.List;

/** What one committed transaction did to audited objects. */
public interface TransactionHistory {
  /** Returns its events in their order, with what each changed. */
  List<RecordedEvent> events();

  /**
   * Takes back what it changed, as a new change: for every object it compares what was before it,
   * after it and is now. An attribute that it changed gets its value back if it still has the one
   * it was given; what it created is removed, what it removed comes back. What changed again later
   * is a conflict, told and left alone, unless the undo is forced. Domain events stay. An undo is a
   * transaction and can be undone. It works in the active transaction, or in one of its own.
   *
   * @throws MissingReferenceException if an old value refers to what does not exist now
   * @throws ConflictException if an object of it has no entity class any more
   */
  Undone undo(Undo undo);
}
