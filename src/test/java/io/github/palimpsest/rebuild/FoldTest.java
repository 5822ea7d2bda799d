package io.github.palimpsest.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.Provenance;
import io.github.palimpsest.event.Replay;
import io.github.palimpsest.event.Snapshot;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.JsonText;
import io.github.palimpsest.state.Upcasters;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FoldTest {
  private static final StreamId STREAM = new StreamId("Thing", "1");
  private static final Fold FOLD = new Fold(Upcasters.none());
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void of_nothing_is_nothing() {
    assertThat(FOLD.of(new Replay(STREAM, null, List.of()))).isEmpty();
  }

  @Test
  void an_update_sets_its_attributes_and_keeps_the_others() {
    State state = fold(event(1, "persist", "{\"a\":1,\"b\":2}"), event(2, "update", "{\"b\":3}"));

    assertThat(text(state)).isEqualTo("{\"a\":1,\"b\":3}");
  }

  @Test
  void an_attribute_set_to_null_stays_as_null() {
    State state = fold(event(1, "persist", "{\"a\":1}"), event(2, "update", "{\"a\":null}"));

    assertThat(text(state)).isEqualTo("{\"a\":null}");
  }

  @Test
  void an_attribute_is_replaced_as_a_whole() {
    State state =
        fold(
            event(1, "persist", "{\"name\":{\"first\":\"A\",\"last\":\"L\"}}"),
            event(2, "update", "{\"name\":{\"first\":\"B\"}}"));

    assertThat(text(state)).isEqualTo("{\"name\":{\"first\":\"B\"}}");
  }

  @Test
  void a_remove_leaves_a_tombstone() {
    State state = fold(event(1, "persist", "{\"a\":1}"), event(2, "remove", "{}"));

    assertThat(state.isTombstone()).isTrue();
    assertThat(state.attributes()).isEmpty();
    assertThat(state.position()).isEqualTo(2);
  }

  @Test
  void a_persist_after_a_remove_begins_anew() {
    State state =
        fold(
            event(1, "persist", "{\"a\":1,\"old\":1}"),
            event(2, "remove", "{}"),
            event(3, "persist", "{\"a\":2}"));

    assertThat(text(state)).isEqualTo("{\"a\":2}");
  }

  @Test
  void domain_events_change_nothing() {
    State state = fold(event(1, "persist", "{\"a\":1}"), event(2, "domain", "{\"a\":9}"));

    assertThat(text(state)).isEqualTo("{\"a\":1}");
    assertThat(state.position()).isEqualTo(1);
  }

  @Test
  void a_clock_that_steps_back_does_not_take_the_state_back() {
    Event later = event(1, "persist", "{\"a\":1}");
    Event earlier = at(NOON.minusSeconds(60), event(2, "update", "{\"a\":2}"));

    State state = fold(later, earlier);

    assertThat(text(state)).isEqualTo("{\"a\":2}");
    assertThat(state.timeCreated()).isEqualTo(later.timeCreated());
  }

  @Property
  void from_a_snapshot_at_any_position_gives_the_same_state(
      @ForAll("histories") List<Event> history, @ForAll int where) {
    State whole = fold(history.toArray(Event[]::new));
    int cut = Math.floorMod(where, history.size());
    State before = fold(history.subList(0, cut + 1).toArray(Event[]::new));
    Snapshot snapshot =
        before.isTombstone()
            ? null
            : new Snapshot(
                STREAM,
                before.position(),
                before.timeCreated(),
                1,
                JsonText.object(before.attributes()));

    State resumed =
        FOLD.of(
                new Replay(
                    STREAM, snapshot, history.subList(snapshot == null ? 0 : cut, history.size())))
            .orElseThrow();

    assertThat(resumed).isEqualTo(whole);
  }

  @Property
  void equals_a_plain_map_that_is_changed_along(@ForAll("histories") List<Event> history) {
    Map<String, String> plain = new TreeMap<>();
    for (Event event : history) {
      if (event.operation() != Operation.UPDATE) {
        plain.clear();
      }
      event.body().forEach((name, value) -> plain.put(name, value.toString()));
    }

    Map<String, String> folded = new TreeMap<>();
    fold(history.toArray(Event[]::new))
        .attributes()
        .forEach((name, value) -> folded.put(name, value.toString()));

    assertThat(folded).isEqualTo(plain);
  }

  /** Persist, then updates, removes and persists again, as one object's life can be. */
  @Provide
  Arbitrary<List<Event>> histories() {
    Arbitrary<Map<String, Integer>> bodies =
        Arbitraries.maps(Arbitraries.of("a", "b", "c", "d"), Arbitraries.integers().between(0, 9))
            .ofMinSize(1);
    return bodies
        .list()
        .ofMinSize(1)
        .ofMaxSize(30)
        .map(
            all -> {
              List<Event> events = new ArrayList<>();
              boolean exists = false;
              for (Map<String, Integer> body : all) {
                boolean isRemove = exists && body.containsValue(0);
                String operation = isRemove ? "remove" : exists ? "update" : "persist";
                events.add(event(events.size() + 1L, operation, isRemove ? "{}" : json(body)));
                exists = !isRemove;
              }
              return events;
            });
  }

  private static String json(Map<String, Integer> body) {
    StringBuilder json = new StringBuilder();
    body.forEach(
        (name, value) ->
            json.append(json.isEmpty() ? "{" : ",")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
    return json.append('}').toString();
  }

  private static State fold(Event... events) {
    @Nullable State state = null;
    for (Event event : events) {
      state = FOLD.next(state, event);
    }
    return Objects.requireNonNull(state);
  }

  private static String text(State state) {
    return JsonText.object(state.attributes()).toString();
  }

  private static Event event(long position, String operation, String body) {
    return new Event(
        position,
        NOON.plusSeconds(position),
        1,
        STREAM,
        Operation.of(operation),
        operation.equals("domain") ? "named" : null,
        "jpa",
        new Provenance("ada", null, null),
        1,
        (JsonObject) JsonText.parse(body));
  }

  private static Event at(Instant timeCreated, Event event) {
    return new Event(
        event.position(),
        timeCreated,
        event.transaction(),
        event.stream(),
        event.operation(),
        event.name(),
        event.source(),
        event.provenance(),
        event.schemaVersion(),
        event.body());
  }
}
