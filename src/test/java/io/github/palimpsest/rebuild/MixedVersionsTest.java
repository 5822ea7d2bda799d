package io.github.palimpsest.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.StateUpcaster;
import io.github.palimpsest.UnreadableEventException;
import io.github.palimpsest.Upcaster;
import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.Provenance;
import io.github.palimpsest.event.Replay;
import io.github.palimpsest.event.Snapshot;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.JsonText;
import io.github.palimpsest.state.Upcasters;
import io.github.palimpsest.testing.Models;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/** Three versions of a class: {@code a} becomes {@code b} and then {@code c}, {@code x} stays. */
class MixedVersionsTest {
  private static final StreamId STREAM = new StreamId("Thing", "1");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final Fold FOLD =
      new Fold(
          Upcasters.of(Models.of("Thing", 3), List.of(new FirstToSecond(), new SecondToThird())));

  @Test
  void a_state_is_upcast_to_the_class_of_today() {
    assertThat(today(event(1, 1, "persist", "{\"a\":1,\"x\":1}")))
        .isEqualTo("3 {\"c\":1,\"isNew\":true,\"x\":1}");
  }

  @Test
  void a_newer_update_is_merged_into_the_upcast_state() {
    State state =
        fold(
            event(1, 1, "persist", "{\"a\":1,\"x\":1}"),
            event(2, 1, "update", "{\"a\":2}"),
            event(3, 2, "update", "{\"x\":2}"));

    assertThat(state.schemaVersion()).isEqualTo(2);
    assertThat(JsonText.object(state.attributes())).hasToString("{\"b\":2,\"x\":2}");
  }

  @Test
  void an_update_of_an_older_node_is_upcast_before_it_is_merged() {
    assertThat(
            today(
                event(1, 3, "persist", "{\"c\":1,\"isNew\":false,\"x\":1}"),
                event(2, 1, "update", "{\"a\":2}")))
        .isEqualTo("3 {\"c\":2,\"isNew\":false,\"x\":1}");
  }

  @Test
  void a_full_state_of_an_older_node_begins_anew() {
    assertThat(
            today(
                event(1, 3, "persist", "{\"c\":1,\"isNew\":false}"),
                event(2, 3, "remove", "{}"),
                event(3, 1, "persist", "{\"a\":2}")))
        .isEqualTo("3 {\"c\":2,\"isNew\":true}");
  }

  @Test
  void a_tombstone_is_not_upcast() {
    State state = fold(event(1, 1, "persist", "{\"a\":1}"), event(2, 1, "remove", "{}"));

    assertThat(FOLD.today(state)).isEqualTo(state);
  }

  @Test
  void a_snapshot_of_an_older_version_stays_usable() {
    Snapshot snapshot = new Snapshot(STREAM, 1, NOON, 1, object("{\"a\":1,\"x\":1}"));
    Event event = event(2, 3, "update", "{\"x\":2}");

    State state = FOLD.of(new Replay(STREAM, snapshot, List.of(event))).orElseThrow();

    assertThat(text(FOLD.today(state))).isEqualTo("3 {\"c\":1,\"isNew\":true,\"x\":2}");
  }

  @Test
  void a_state_of_a_newer_class_cannot_be_read() {
    State state = fold(event(1, 4, "persist", "{\"d\":1}"));

    assertThatThrownBy(() -> FOLD.today(state))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessage(
            "Thing/1 cannot be read: version 4 of its class wrote it at position 1, here is"
                + " version 3.");
  }

  @Property
  void upcasting_each_event_or_the_state_between_them_gives_the_same(
      @ForAll("histories") List<Event> history) {
    Map<String, String> plain = new TreeMap<>();
    for (Event event : history) {
      if (event.operation() != Operation.UPDATE) {
        plain.clear();
      }
      event
          .body()
          .forEach((name, value) -> plain.put(name.equals("x") ? name : "c", value.toString()));
    }

    Map<String, String> folded = new TreeMap<>();
    FOLD.today(fold(history.toArray(Event[]::new)))
        .attributes()
        .forEach((name, value) -> folded.put(name, value.toString()));
    folded.remove("isNew");

    assertThat(folded).isEqualTo(plain);
  }

  @Property
  void from_a_snapshot_at_any_position_gives_the_same_state(
      @ForAll("histories") List<Event> history, @ForAll int where) {
    int cut = Math.floorMod(where, history.size());
    State before = fold(history.subList(0, cut + 1).toArray(Event[]::new));
    Snapshot snapshot =
        before.isTombstone()
            ? null
            : new Snapshot(
                STREAM,
                before.position(),
                before.timeCreated(),
                before.schemaVersion(),
                JsonText.object(before.attributes()));

    State resumed =
        FOLD.of(
                new Replay(
                    STREAM, snapshot, history.subList(snapshot == null ? 0 : cut, history.size())))
            .orElseThrow();

    assertThat(resumed).isEqualTo(fold(history.toArray(Event[]::new)));
  }

  /** One object's life, each event written by a node of any version. */
  @Provide
  Arbitrary<List<Event>> histories() {
    Arbitrary<Integer> values = Arbitraries.integers().between(0, 9);
    return Arbitraries.integers()
        .between(1, 3)
        .flatMap(
            version ->
                Arbitraries.maps(Arbitraries.of(NAMES.get(version - 1), "x"), values)
                    .ofMinSize(1)
                    .map(body -> Tuple.of(version, body)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(20)
        .map(
            all -> {
              List<Event> events = new ArrayList<>();
              boolean exists = false;
              for (var each : all) {
                boolean isRemove = exists && each.get2().containsValue(0);
                String operation = isRemove ? "remove" : exists ? "update" : "persist";
                JsonObjectBuilder body = JsonProvider.provider().createObjectBuilder();
                if (!isRemove) {
                  each.get2().forEach(body::add);
                }
                events.add(
                    event(events.size() + 1L, each.get1(), operation, body.build().toString()));
                exists = !isRemove;
              }
              return events;
            });
  }

  private static State fold(Event... events) {
    return FOLD.of(new Replay(STREAM, null, List.of(events))).orElseThrow();
  }

  private static String today(Event... events) {
    return text(FOLD.today(fold(events)));
  }

  private static String text(State state) {
    return state.schemaVersion() + " " + JsonText.object(state.attributes());
  }

  private static JsonObject object(String json) {
    return JsonText.parse(json).asJsonObject();
  }

  private static Event event(long position, int version, String operation, String body) {
    return new Event(
        position,
        NOON.plusSeconds(position),
        1,
        STREAM,
        Operation.of(operation),
        null,
        "jpa",
        new Provenance("ada", null, null),
        version,
        object(body));
  }

  private static JsonObject renamed(JsonObject state, String from, String to) {
    JsonObjectBuilder renamed = JsonProvider.provider().createObjectBuilder();
    state.forEach((name, value) -> renamed.add(name.equals(from) ? to : name, value));
    return renamed.build();
  }

  @Upcaster(contentType = "Thing", from = 1)
  private static final class FirstToSecond implements StateUpcaster {
    @Override
    public JsonObject upcast(JsonObject state) {
      return renamed(state, "a", "b");
    }
  }

  @Upcaster(contentType = "Thing", from = 2)
  private static final class SecondToThird implements StateUpcaster {
    @Override
    public JsonObject upcast(JsonObject state) {
      JsonObject renamed = upcastChanges(state);
      return JsonProvider.provider().createObjectBuilder(renamed).add("isNew", true).build();
    }

    @Override
    public JsonObject upcastChanges(JsonObject changes) {
      return renamed(changes, "b", "c");
    }
  }
}
