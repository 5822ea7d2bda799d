package io.github.palimpsest.rebuild;

import io.github.palimpsest.Events;
import io.github.palimpsest.Page;
import io.github.palimpsest.RecordedEvent;
import io.github.palimpsest.Where;
import io.github.palimpsest.event.Comparison;
import io.github.palimpsest.event.Comparison.Operator;
import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.EventCursor;
import io.github.palimpsest.event.EventQuery;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.Operands;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Events found in one database or several, merged in the order of the feed.
 *
 * @param databases what reads each
 * @param models the model of an entity class, or UnknownTypeException
 * @param query which events, oldest first, from the beginning on
 * @param after where the page begins; null for the beginning
 * @param limit events of a page
 * @param isNewestFirst the direction
 */
public record SearchedEvents(
    List<Rebuilder> databases,
    Function<Class<?>, EntityModel> models,
    EventQuery query,
    @Nullable EventCursor after,
    int limit,
    boolean isNewestFirst)
    implements Events {
  private static final int DEFAULT_LIMIT = 100;
  private static final int BATCH = 500;
  private static final Comparator<Found> FEED =
      Comparator.comparing((Found found) -> found.event().timeCreated())
          .thenComparing(found -> found.event().position());
  private static final Comparator<StreamId> BY_NAME =
      Comparator.comparing((StreamId stream) -> utf8(stream.contentType()), Arrays::compareUnsigned)
          .thenComparing(stream -> utf8(stream.objectId()), Arrays::compareUnsigned);

  /** Its bytes are in the order of code points, in which the database gives them. */
  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** An event and the database that has it. */
  private record Found(Event event, Rebuilder database) {}

  public SearchedEvents {
    databases = List.copyOf(databases);
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be 1 or more, was " + limit);
    }
  }

  /** Returns the query of all events. */
  public static SearchedEvents all(
      List<Rebuilder> databases, Function<Class<?>, EntityModel> models) {
    return new SearchedEvents(databases, models, EventQuery.all(), null, DEFAULT_LIMIT, false);
  }

  @Override
  public Events ofTypes(Class<?>... types) {
    return with(query.ofTypes(Stream.of(types).map(models).map(EntityModel::contentType).toList()));
  }

  @Override
  public Events of(Class<?> type, Object id) {
    EntityModel model = models.apply(type);
    return with(
        query.ofObject(new StreamId(model.contentType(), model.identifier().objectIdOf(id))));
  }

  @Override
  public Events with(Operation... operations) {
    return with(query.withOperations(List.of(operations)));
  }

  @Override
  public Events named(String... names) {
    return with(query.named(List.of(names)));
  }

  @Override
  public Events by(String actor) {
    return with(query.by(actor));
  }

  @Override
  public Events because(String reason) {
    return with(query.because(reason));
  }

  @Override
  public Events correlatedBy(String correlationId) {
    return with(query.correlatedBy(correlationId));
  }

  @Override
  public Events inTransaction(long number) {
    return with(query.inTransaction(number));
  }

  @Override
  public Events since(Instant from) {
    return with(query.since(from));
  }

  @Override
  public Events until(Instant to) {
    return with(query.until(to));
  }

  @Override
  public Events changed(String attribute) {
    return with(query.changing(attribute));
  }

  @Override
  public Where<Events> where(String path) {
    List<String> keys = List.of(path.split("\\.", -1));
    return new Where<>(
        (operator, values) -> compared(keys, operator, values),
        condition -> with(query.where(condition)));
  }

  private static Comparison compared(List<String> keys, Operator operator, List<?> values) {
    List<JsonValue> operands = values.stream().map(Operands::ofDomainEvent).toList();
    boolean areInstants = !values.isEmpty() && values.stream().allMatch(Operands::isInstant);
    return new Comparison(keys, operator, operands, areInstants);
  }

  @Override
  public Events newestFirst() {
    return new SearchedEvents(databases, models, query, after, limit, true);
  }

  @Override
  public Events limit(int events) {
    return new SearchedEvents(databases, models, query, after, events, isNewestFirst);
  }

  @Override
  public Events after(String cursor) {
    return new SearchedEvents(
        databases, models, query, EventCursor.parse(cursor), limit, isNewestFirst);
  }

  @Override
  public Page<Event> page() {
    List<Event> events =
        found(settled(), after, limit + 1, isNewestFirst).stream().map(Found::event).toList();
    return Page.of(events, limit, event -> EventCursor.of(event).text());
  }

  @Override
  public Stream<Event> stream() {
    return all().map(Found::event);
  }

  @Override
  public Stream<RecordedEvent> recorded() {
    return all().map(found -> found.database().recorded(found.event()));
  }

  @Override
  public long count() {
    Instant settled = settled();
    return databases.stream().mapToLong(each -> each.count(query, settled)).sum();
  }

  @Override
  public Optional<Event> first() {
    return found(settled(), null, 1, isNewestFirst).stream().findFirst().map(Found::event);
  }

  @Override
  public Optional<Event> last() {
    return found(settled(), null, 1, !isNewestFirst).stream().findFirst().map(Found::event);
  }

  @Override
  public Stream<StreamId> objects() {
    Instant settled = settled();
    return Stream.iterate(
            streams(settled, null),
            found -> !found.isEmpty(),
            found -> streams(settled, found.get(found.size() - 1)))
        .flatMap(List::stream);
  }

  private List<StreamId> streams(Instant settled, @Nullable StreamId from) {
    return databases.stream()
        .flatMap(each -> each.streams(query.first(BATCH), settled, from).stream())
        .sorted(BY_NAME)
        .limit(BATCH)
        .toList();
  }

  private Stream<Found> all() {
    Instant settled = settled();
    return Stream.iterate(
            found(settled, after, BATCH, isNewestFirst),
            found -> !found.isEmpty(),
            found ->
                found(
                    settled,
                    EventCursor.of(found.get(found.size() - 1).event()),
                    BATCH,
                    isNewestFirst))
        .flatMap(List::stream);
  }

  private List<Found> found(
      Instant settled, @Nullable EventCursor from, int number, boolean isReversed) {
    EventQuery page = query.after(from).first(number);
    EventQuery directed = isReversed ? page.newestFirst() : page;
    return databases.stream()
        .flatMap(
            each -> each.events(directed, settled).stream().map(event -> new Found(event, each)))
        .sorted(isReversed ? FEED.reversed() : FEED)
        .limit(number)
        .toList();
  }

  /** Up to where every database agrees: their clocks may differ. */
  private Instant settled() {
    return databases.stream()
        .map(each -> each.settled(null))
        .min(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  private Events with(EventQuery another) {
    return new SearchedEvents(databases, models, another, after, limit, isNewestFirst);
  }
}
