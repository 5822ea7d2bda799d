package io.github.palimpsest.container;

import io.github.palimpsest.ConflictException;
import io.github.palimpsest.Restoration;
import io.github.palimpsest.Restore;
import io.github.palimpsest.Undo;
import io.github.palimpsest.Undone;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.event.TouchedStream;
import io.github.palimpsest.restore.Progress;
import io.github.palimpsest.restore.Restorer;
import io.github.palimpsest.restore.StateFilter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Restores within the active transaction, or one of its own: all or nothing. */
@ApplicationScoped
@Transactional
public class RestoreTransaction {
  private static final int MOST_NAMED = 100;

  @Inject AuditedUnits units;

  /** Called by the container. */
  public RestoreTransaction() {}

  /** Restores one object, as {@link Restorer#restore} says. */
  public Restoration restore(StreamId stream, Restore wanted, OptionalLong expected) {
    return units
        .of(stream.contentType())
        .restorer(Progress.none())
        .restore(stream, wanted, expected);
  }

  /** Restores objects of a type, as {@link Restorer#restoreAll} says. */
  public Restoration restoreAll(
      String contentType, Restore wanted, StateFilter filter, Progress progress) {
    return units.of(contentType).restorer(progress).restoreAll(contentType, wanted, filter);
  }

  /**
   * Undoes a transaction, as {@link Restorer#undo} says, of all units of its database.
   *
   * @param database any unit of it
   * @throws ConflictException if an object of it has no entity class
   */
  public Undone undo(AuditedUnit database, long transaction, Undo undo, Progress progress) {
    List<TouchedStream> touched = database.rebuilder().touched(transaction);
    requireClasses(database, touched);
    return units.all().stream()
        .filter(database::hasSameDatabase)
        .filter(unit -> unit.hasTypeIn(touched))
        .map(unit -> unit.restorer(progress).undo(transaction, undo))
        .reduce((one, other) -> together(one, other, undo.listed()))
        .orElseGet(() -> database.restorer(progress).undo(transaction, undo));
  }

  private void requireClasses(AuditedUnit database, List<TouchedStream> touched) {
    List<String> unknown =
        touched.stream()
            .map(TouchedStream::stream)
            .filter(stream -> !hasClass(database, stream.contentType()))
            .map(stream -> "%s has no entity class and cannot be undone.".formatted(stream))
            .limit(MOST_NAMED)
            .toList();
    if (!unknown.isEmpty()) {
      throw new ConflictException(unknown);
    }
  }

  private boolean hasClass(AuditedUnit database, String contentType) {
    return units.all().stream()
        .filter(database::hasSameDatabase)
        .anyMatch(unit -> unit.models().of(contentType).isPresent());
  }

  /** Every unit tells the domain events of the whole transaction. */
  private static Undone together(Undone one, Undone other, int listed) {
    Restoration first = one.restoration();
    Restoration second = other.restoration();
    return new Undone(
        one.transaction(),
        new Restoration(
            first.isDryRun(),
            first.created() + second.created(),
            first.changed() + second.changed(),
            first.removed() + second.removed(),
            listed(first.objects(), second.objects(), listed)),
        one.conflictCount() + other.conflictCount(),
        listed(one.conflicts(), other.conflicts(), listed),
        one.domainEventCount(),
        one.domainEvents());
  }

  private static <E> List<E> listed(List<E> one, List<E> other, int listed) {
    return Stream.concat(one.stream(), other.stream()).limit(listed).toList();
  }
}
