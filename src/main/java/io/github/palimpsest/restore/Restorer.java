package io.github.palimpsest.restore;

import io.github.palimpsest.Conflict;
import io.github.palimpsest.ConflictException;
import io.github.palimpsest.MissingReferenceException;
import io.github.palimpsest.PositionChangedException;
import io.github.palimpsest.Restoration;
import io.github.palimpsest.Restore;
import io.github.palimpsest.Restored;
import io.github.palimpsest.StreamDeletedException;
import io.github.palimpsest.StreamNotFoundException;
import io.github.palimpsest.Undo;
import io.github.palimpsest.Undone;
import io.github.palimpsest.UnknownTypeException;
import io.github.palimpsest.UnreadableEventException;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.state.EntityModel;
import java.util.List;
import java.util.OptionalLong;

/**
 * Restores entities, in the caller's transaction, whose persistence context is cleared in between
 * if there are many. For one thread.
 */
public final class Restorer {
  private final Rebuilder rebuilder;
  private final LiveEntities live;
  private final Progress progress;
  private final int batch;

  /** Creates a restorer. */
  public Restorer(Rebuilder rebuilder, LiveEntities live) {
    this(rebuilder, live, Progress.none());
  }

  /** Creates a restorer that tells how far it is. */
  public Restorer(Rebuilder rebuilder, LiveEntities live, Progress progress) {
    this(rebuilder, live, progress, Execution.BATCH);
  }

  /** Creates a restorer that restores so many objects at a time. */
  Restorer(Rebuilder rebuilder, LiveEntities live, Progress progress, int batch) {
    this.rebuilder = rebuilder;
    this.live = live;
    this.progress = progress;
    this.batch = batch;
  }

  /**
   * Makes one object equal to an old state: changes it, or creates it again under its id.
   *
   * @param expected the position of its last state change that the caller knows, if it matters
   * @throws StreamNotFoundException if it did not exist by then
   * @throws StreamDeletedException if it was removed by then
   * @throws PositionChangedException if it is not at {@code expected}
   * @throws MissingReferenceException if a referenced object does not exist now
   * @throws ConflictException if it is gone and only attributes of it are wanted
   * @throws UnreadableEventException if the state does not fit the class
   * @throws UnknownTypeException if no entity class has this content type
   * @throws IllegalArgumentException if the class has no such attribute
   */
  public Restoration restore(StreamId stream, Restore wanted, OptionalLong expected) {
    EntityModel model = model(stream.contentType(), wanted);
    Restore one = wanted.objects(List.of(stream.objectId())).listing(Math.max(1, wanted.listed()));
    OldStates goals =
        new OldStates(rebuilder, live.models(), model, bound(wanted), one, StateFilter.all());
    if (expected.isPresent()) {
      goals.all().forEach(goal -> lock(goal, expected.getAsLong()));
    }
    Restoration done = execute(goals, one);
    return done.objects().isEmpty() && !isAny(done) ? unchanged(stream, wanted) : done;
  }

  /**
   * Restores objects of a type: all that existed then, or those that are named, as far as their
   * states are as wanted. Objects created later stay as they are unless it shall be exact.
   *
   * @param filter on the states of then
   * @throws StreamNotFoundException if one that is named did not exist by then
   * @throws StreamDeletedException if one that is named was removed by then
   * @throws MissingReferenceException if referenced objects do not exist now
   * @throws ConflictException if what has to go is referred to, or only attributes are wanted of an
   *     object that is gone
   * @throws UnreadableEventException if a state does not fit the class
   * @throws UnknownTypeException if no entity class has this content type
   * @throws IllegalArgumentException if the class has no such attribute, or a position is given
   */
  public Restoration restoreAll(String contentType, Restore wanted, StateFilter filter) {
    if (wanted.asOf() == null) {
      throw new IllegalArgumentException("many objects are restored as of an instant");
    }
    EntityModel model = model(contentType, wanted);
    return execute(
        new OldStates(rebuilder, live.models(), model, bound(wanted), wanted, filter), wanted);
  }

  /**
   * Takes back what a transaction changed of the objects of these entities; others are left out.
   *
   * @throws MissingReferenceException if an old value refers to what does not exist now
   * @throws UnreadableEventException if a state does not fit the class
   */
  public Undone undo(long transaction, Undo undo) {
    live.flush();
    Report report = new Report(undo.isDryRun(), undo.listed());
    Conflicts conflicts = new Conflicts(undo.listed());
    StatesBefore goals = new StatesBefore(rebuilder, live, transaction, undo.isForced(), conflicts);
    List<Conflict> blocked =
        new Execution(live, goals, null, undo.isDryRun(), report, progress, batch).run();
    Restoration done = written(report, undo.reason());
    if (isWritten(done)) {
      live.undid(transaction);
    }
    blocked.forEach(conflicts::add);
    AppendedEvents appended = AppendedEvents.of(rebuilder, transaction, undo.listed());
    return new Undone(
        transaction,
        done,
        conflicts.count(),
        conflicts.first(),
        appended.count(),
        appended.first());
  }

  private Restoration execute(Goals goals, Restore wanted) {
    Report report = new Report(wanted.isDryRun(), wanted.listed());
    List<Conflict> blocked =
        new Execution(live, goals, wanted.asOf(), wanted.isDryRun(), report, progress, batch).run();
    if (!blocked.isEmpty()) {
      throw new ConflictException(blocked.stream().map(Conflict::detail).toList());
    }
    return written(report, wanted.reason());
  }

  /** What the caller does in the same transaction has a reason of its own if nothing is written. */
  private Restoration written(Report report, String reason) {
    Restoration done = report.toRestoration();
    if (isWritten(done)) {
      live.reason(reason);
      live.evictAtCommit();
    }
    return done;
  }

  private static boolean isWritten(Restoration done) {
    return !done.isDryRun() && isAny(done);
  }

  private static boolean isAny(Restoration done) {
    return done.created() + done.changed() + done.removed() > 0;
  }

  private static Restoration unchanged(StreamId stream, Restore wanted) {
    return new Restoration(
        wanted.isDryRun(),
        0,
        0,
        0,
        List.of(
            new Restored(
                stream.contentType(),
                stream.objectId(),
                wanted.asOf(),
                wanted.isDryRun(),
                null,
                List.of(),
                List.of())));
  }

  private Bound bound(Restore wanted) {
    return wanted.asOf() == null
        ? Bound.at(wanted.position())
        : Bound.asOf(rebuilder.settled(wanted.asOf()));
  }

  private EntityModel model(String contentType, Restore wanted) {
    EntityModel model =
        live.models().of(contentType).orElseThrow(() -> new UnknownTypeException(contentType));
    for (String name : wanted.attributes()) {
      if (model.attribute(name).isEmpty()) {
        throw new IllegalArgumentException("%s has no attribute %s".formatted(contentType, name));
      }
    }
    return model;
  }

  private void lock(Goal goal, long expected) {
    live.flush();
    live.find(goal.model(), goal.stream().objectId());
    long actual = rebuilder.position(goal.stream());
    if (expected != actual) {
      throw new PositionChangedException(
          goal.stream().contentType(), goal.stream().objectId(), expected, actual);
    }
  }
}
