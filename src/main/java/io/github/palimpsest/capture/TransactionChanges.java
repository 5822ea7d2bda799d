package io.github.palimpsest.capture;

import io.github.palimpsest.AuditContext;
import io.github.palimpsest.CaptureFailedException;
import io.github.palimpsest.event.Control;
import io.github.palimpsest.event.NewEvent;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.Source;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.DomainEventBody;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.UnassignedIdException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects what one transaction changes, until just before its commit. Events come out in the order
 * in which their objects were first changed and domain events were appended. For one thread.
 *
 * <p>Beyond a bound the events so far can be taken out and put aside, so that a transaction of any
 * size fits into memory. An object that changes again afterwards gets a further event.
 *
 * <p>Jakarta Persistence has no savepoints, so providers do not tell of a rollback to one: what was
 * flushed after it stays among the changes, although its rows are as they were.
 */
public final class TransactionChanges {
  private final int bound;
  private final long heap;
  private final Map<StreamId, ObjectChange> objects = new HashMap<>();
  private final List<Supplier<List<NewEvent>>> inOrder = new ArrayList<>();
  private final Set<StreamId> askedFor = new HashSet<>();
  private int beingRemoved;
  private long spilled;
  private boolean isWaitingForIds;
  private boolean hasRunStatements;
  private boolean hasControlEvents;
  private @Nullable String reason;

  /**
   * Creates the collection.
   *
   * @param bound from how many objects and domain events on it is full
   * @param heap tells it apart from others, for what is put aside
   */
  public TransactionChanges(int bound, long heap) {
    this.bound = bound;
    this.heap = heap;
  }

  /** Records that {@code entity} was inserted, with the state it has now. */
  public void persisted(EntityModel model, Object entity) {
    Map<String, Supplier<String>> state = new HashMap<>();
    for (Attribute attribute : model.attributes()) {
      state.put(
          attribute.name(), text(model, attribute, entity, () -> attribute.insertedText(entity)));
    }
    ObjectChange change = change(model, entity, true);
    beingRemoved -= change.isBeingRemoved() ? 1 : 0;
    change.persisted(state);
  }

  /**
   * Records that an attribute of {@code entity} was updated to the value it has now.
   *
   * @param before its JSON text before this flush; null when it is not known
   */
  public void updated(
      EntityModel model, Object entity, Attribute attribute, @Nullable String before) {
    updated(model, entity, attribute, before, before);
  }

  /**
   * Records that an attribute of {@code entity} was updated to the value it has now.
   *
   * @param before its JSON text before this flush; null when it is not known
   * @param loaded its JSON text as the provider had loaded it, which may be staler: good enough for
   *     a baseline, not to tell that nothing changed; null when it is not known
   */
  public void updated(
      EntityModel model,
      Object entity,
      Attribute attribute,
      @Nullable String before,
      @Nullable String loaded) {
    updated(model, entity, attribute, before, loaded, () -> attribute.text(entity));
  }

  /** The same, to {@code value}: what was written, whatever the entity has now. */
  public void updatedTo(
      EntityModel model,
      Object entity,
      Attribute attribute,
      @Nullable String before,
      @Nullable Object value) {
    updated(model, entity, attribute, before, before, () -> attribute.textOf(value));
  }

  private void updated(
      EntityModel model,
      Object entity,
      Attribute attribute,
      @Nullable String before,
      @Nullable String loaded,
      Supplier<String> after) {
    if (attribute.isUpdatable()) {
      Supplier<String> stored =
          before == null ? after : () -> attribute.updatedText(before, after.get());
      change(model, entity, false)
          .updated(attribute.name(), before, loaded, text(model, attribute, entity, stored));
    }
  }

  /** Records the JSON text of an attribute as the database has it, in place of what memory had. */
  public void reread(EntityModel model, Object entity, Attribute attribute, String text) {
    change(model, entity, false).updated(attribute.name(), null, null, () -> text);
  }

  /**
   * Returns, for the first that asks, whether an object may have been there before the transaction
   * and is there still.
   */
  boolean isToBeAskedFor(StreamId stream) {
    ObjectChange change = objects.get(stream);
    return (change == null || change.existedBefore()) && askedFor.add(stream);
  }

  /**
   * Takes the full state of an object that is about to be deleted and whose history has none.
   *
   * @param state JSON text of its row as it is now
   */
  void removing(EntityModel model, Object entity, String state) {
    ObjectChange change = change(model, entity, false);
    beingRemoved -= change.isBeingRemoved() ? 1 : 0;
    change.removing(state);
    beingRemoved += change.isBeingRemoved() ? 1 : 0;
  }

  /** Records that {@code entity} was deleted. */
  public void removed(EntityModel model, Object entity) {
    ObjectChange change = change(model, entity, false);
    beingRemoved -= change.isBeingRemoved() ? 1 : 0;
    change.removed();
  }

  /**
   * Records a domain event of the object that {@code entity} is; its id may be assigned later in
   * the transaction.
   *
   * @throws IllegalArgumentException if the data are not JSON-like
   */
  public void appended(
      EntityModel model, Object entity, String name, Map<String, ? extends @Nullable Object> data) {
    isWaitingForIds |= model.stream(entity).isEmpty();
    appended(model, () -> stream(model, entity), name, data);
  }

  /**
   * Records a domain event of {@code stream}.
   *
   * @throws IllegalArgumentException if the data are not JSON-like
   */
  public void appended(
      EntityModel model,
      StreamId stream,
      String name,
      Map<String, ? extends @Nullable Object> data) {
    appended(model, () -> stream, name, data);
  }

  /** Records that this transaction undoes another one. */
  public void undid(long transaction) {
    hasControlEvents = true;
    String body = DomainEventBody.object(Map.of(Control.TRANSACTION, transaction));
    inOrder.add(
        () ->
            List.of(
                new NewEvent(
                    Control.UNDO,
                    Operation.DOMAIN,
                    Control.UNDID_TRANSACTION,
                    Source.APPLICATION,
                    1,
                    body)));
  }

  /** Returns whether there are events of the library's own content type. */
  boolean hasControlEvents() {
    return hasControlEvents;
  }

  /** Records that a statement ran that tells nothing of what it changed. */
  public void ranStatement() {
    hasRunStatements = true;
  }

  /** Returns whether there was one. */
  public boolean hasRunStatements() {
    return hasRunStatements;
  }

  private void appended(
      EntityModel model,
      Supplier<StreamId> stream,
      String name,
      Map<String, ? extends @Nullable Object> data) {
    String body = DomainEventBody.object(data);
    inOrder.add(
        () ->
            List.of(
                new NewEvent(
                    stream.get(),
                    Operation.DOMAIN,
                    name,
                    Source.APPLICATION,
                    model.schemaVersion(),
                    body)));
  }

  /**
   * Sets why: takes the place of the thread's reason for this transaction.
   *
   * @throws IllegalArgumentException if it is blank, too long, or holds control characters
   */
  public void reason(String reason) {
    if (!AuditContext.isAcceptable(reason)) {
      throw new IllegalArgumentException(
          "reason must have 1 to %d characters, not all blank, and no control characters"
              .formatted(AuditContext.LONGEST));
    }
    this.reason = reason;
  }

  /** Returns why, if it was set for this transaction. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  /**
   * Returns the events of the transaction, net: one for each object, after its baseline if one was
   * taken; none for an object that ended as it began.
   *
   * @throws CaptureFailedException if an id is still missing
   */
  public List<NewEvent> events() {
    return inOrder.stream().map(Supplier::get).flatMap(List::stream).toList();
  }

  /**
   * Returns whether so much has come together that it should be put aside; never while something
   * waits for an id, which may be assigned as late as at the end.
   */
  public boolean isFull() {
    return inOrder.size() - beingRemoved >= bound && !isWaitingForIds;
  }

  /**
   * Returns the events so far and forgets them; they are the caller's to put aside. What is about
   * to be deleted stays.
   *
   * @throws CaptureFailedException if an id is still missing
   */
  public List<NewEvent> takeOut() {
    List<NewEvent> events = events();
    objects.values().removeIf(change -> !change.isBeingRemoved());
    askedFor.retainAll(objects.keySet());
    inOrder.clear();
    objects.values().forEach(change -> inOrder.add(change::events));
    spilled += events.size();
    return events;
  }

  /** Returns what tells it apart from others. */
  public long heap() {
    return heap;
  }

  /** Returns how many events were taken out in this transaction. */
  public long spilled() {
    return spilled;
  }

  /** Forgets everything: a new transaction begins. */
  public void clear() {
    objects.clear();
    inOrder.clear();
    askedFor.clear();
    beingRemoved = 0;
    spilled = 0;
    isWaitingForIds = false;
    hasRunStatements = false;
    hasControlEvents = false;
    reason = null;
  }

  private ObjectChange change(EntityModel model, Object entity, boolean isNew) {
    return objects.computeIfAbsent(
        stream(model, entity),
        stream -> {
          ObjectChange change = ObjectChange.of(model, stream, isNew);
          inOrder.add(change::events);
          return change;
        });
  }

  private static StreamId stream(EntityModel model, Object entity) {
    return model.stream(entity)
        .orElseThrow(
            () ->
                new CaptureFailedException(
                    "A %s has no id and cannot be recorded.".formatted(model.contentType()), null));
  }

  /** The value is taken now; only a reference to an entity without an id has to wait. */
  private Supplier<String> text(
      EntityModel model, Attribute attribute, Object entity, Supplier<String> now) {
    try {
      String text = now.get();
      return () -> text;
    } catch (UnassignedIdException e) {
      isWaitingForIds = true;
      return now;
    } catch (IllegalArgumentException e) {
      throw new CaptureFailedException(
          "Attribute %s of %s cannot be recorded: %s."
              .formatted(attribute.name(), stream(model, entity), e.getMessage()),
          e);
    }
  }
}
