package io.github.palimpsest.capture;

import static java.lang.System.Logger.Level.WARNING;

import io.github.palimpsest.event.ContentTypes;
import io.github.palimpsest.event.EventWriter;
import io.github.palimpsest.event.LiveRows;
import io.github.palimpsest.event.NewEvent;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.Provenance;
import io.github.palimpsest.event.Source;
import io.github.palimpsest.event.SpilledEvents;
import io.github.palimpsest.event.Stamp;
import io.github.palimpsest.event.StatelessStream;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.JsonText;
import jakarta.json.JsonValue;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts a baseline before the first captured change of an object whose history has no full state:
 * the state of its row before the transaction. Whether there is such an object is found out by the
 * statement that appends the events; only if so, more is asked (ADR 0018). Safe for threads.
 */
final class Beginnings {
  private static final System.Logger LOG = System.getLogger(Beginnings.class.getName());
  private static final int BATCH = 1000;

  private final Map<String, LiveRows> rows;
  private final EventWriter writer;
  private final CompleteStreams complete = new CompleteStreams();

  private Beginnings(Map<String, LiveRows> rows, ContentTypes types) {
    this.rows = rows;
    this.writer = new EventWriter(types);
  }

  /** Types whose rows cannot be read are left out, with a warning. */
  static Beginnings of(
      EntityModels models, Function<EntityModel, LiveRows> reader, ContentTypes types) {
    Map<String, LiveRows> rows = new HashMap<>();
    for (EntityModel model : models.all()) {
      try {
        rows.put(model.contentType(), reader.apply(model));
      } catch (IllegalArgumentException e) {
        LOG.log(
            WARNING,
            "A history of {0} that begins with an update gets no baseline: {1}",
            model.contentType(),
            e.getMessage());
      }
    }
    return new Beginnings(rows, types);
  }

  /** Returns false if the stream surely has a full state, or its rows cannot be read. */
  boolean mayBeStateless(StreamId stream) {
    return rows.containsKey(stream.contentType()) && !complete.contains(stream);
  }

  /** Returns the state of an object's row if its history has none. */
  Optional<String> find(Connection connection, StreamId stream) throws SQLException {
    LiveRows reader = rows.get(stream.contentType());
    return reader == null ? Optional.empty() : reader.findStateless(connection, stream.objectId());
  }

  /** Appends the events, and the baselines that are due before them, under one stamp. */
  void append(Connection connection, List<NewEvent> events, Provenance provenance)
      throws SQLException {
    boolean hasBaselines = events.stream().anyMatch(Beginnings::isBaseline);
    if (hasBaselines
        || !writer.appendChecked(connection, events, provenance, this::isChecked).isEmpty()) {
      Stamp.take(connection);
      writer.append(connection, completed(connection, events), provenance);
    } else {
      events.stream().filter(this::isChecked).map(NewEvent::stream).forEach(complete::add);
    }
  }

  /** The same for events that were put aside. */
  void append(Connection connection, SpilledEvents spilled, long count, Provenance provenance)
      throws SQLException {
    if (rows.isEmpty()) {
      spilled.append(connection, count, provenance);
      return;
    }
    Stamp.take(connection);
    long all = count - spilled.dropBaselines(connection);
    spilled.listStateless(connection, rows.keySet());
    List<StatelessStream> some = spilled.stateless(connection, 0, BATCH);
    while (!some.isEmpty()) {
      List<NewEvent> baselines = baselines(connection, some);
      spilled.add(connection, baselines);
      all += baselines.size();
      some = spilled.stateless(connection, some.get(some.size() - 1).number(), BATCH);
    }
    spilled.append(connection, all, provenance);
  }

  private boolean isChecked(NewEvent event) {
    return event.operation() == Operation.UPDATE && mayBeStateless(event.stream());
  }

  private static boolean isBaseline(NewEvent event) {
    return event.operation() == Operation.BASELINE;
  }

  /**
   * Others may have appended a baseline while this transaction waited for its stamp. Now that it
   * has one they cannot.
   */
  private List<NewEvent> completed(Connection connection, List<NewEvent> events)
      throws SQLException {
    List<StreamId> streams =
        events.stream()
            .filter(event -> isBaseline(event) || isChecked(event))
            .map(NewEvent::stream)
            .toList();
    Set<StreamId> stateless = writer.stateless(connection, streams);
    List<NewEvent> updates =
        events.stream()
            .filter(event -> isChecked(event) && stateless.contains(event.stream()))
            .toList();
    List<NewEvent> completed = new ArrayList<>();
    Map<StreamId, String> states = states(connection, updates.stream().map(NewEvent::stream));
    for (NewEvent update : updates) {
      String state = states.get(update.stream());
      if (state != null) {
        completed.add(baseline(update.stream(), update.schemaVersion(), before(state, update)));
      }
    }
    events.stream()
        .filter(event -> !isBaseline(event) || stateless.contains(event.stream()))
        .forEach(completed::add);
    return completed;
  }

  private List<NewEvent> baselines(Connection connection, List<StatelessStream> streams)
      throws SQLException {
    Map<StreamId, String> states =
        states(connection, streams.stream().map(StatelessStream::stream));
    return streams.stream()
        .filter(each -> states.containsKey(each.stream()))
        .map(
            each ->
                baseline(
                    each.stream(), each.schemaVersion(), states.getOrDefault(each.stream(), "{}")))
        .toList();
  }

  private Map<StreamId, String> states(Connection connection, Stream<StreamId> streams)
      throws SQLException {
    Map<StreamId, String> states = new HashMap<>();
    Map<String, List<StreamId>> byType =
        streams.collect(Collectors.groupingBy(StreamId::contentType));
    for (Map.Entry<String, List<StreamId>> type : byType.entrySet()) {
      LiveRows reader = rows.get(type.getKey());
      if (reader != null) {
        reader
            .find(connection, type.getValue().stream().map(StreamId::objectId).toList())
            .forEach((id, state) -> states.put(new StreamId(type.getKey(), id), state));
      }
    }
    return states;
  }

  private static NewEvent baseline(StreamId stream, int schemaVersion, String state) {
    return new NewEvent(stream, Operation.BASELINE, null, Source.DATABASE, schemaVersion, state);
  }

  /** The row has the new values already. */
  private static String before(String state, NewEvent update) {
    Map<String, JsonValue> attributes = new TreeMap<>(JsonText.parse(state).asJsonObject());
    if (update.before() != null) {
      attributes.putAll(JsonText.parse(update.before()).asJsonObject());
    }
    return JsonText.object(attributes).toString();
  }
}
