package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.it.GraphModel.Commit;
import io.github.palimpsest.it.GraphModel.Ref;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks the server, and compares what it answers with the model. */
final class GraphQuestions {
  private static final List<String> ACTORS = List.of("teller", "reader", "restorer", "admin");

  private final GraphModel model;
  private final Http reader = Http.nobody().as("reader");

  GraphQuestions(GraphModel model) {
    this.model = model;
  }

  /** Returns the items of all pages. */
  List<JsonObject> items(String first) {
    List<JsonObject> items = new ArrayList<>();
    String next = first;
    while (next != null) {
      JsonObject page = reader.get(next).expect(200).json();
      items.addAll(page.getJsonArray("items").getValuesAs(JsonObject.class));
      next = page.getString("next", null);
    }
    return items;
  }

  /** The difference between two instants, in whichever order. */
  void difference(Ref ref, Instant one, Instant other) {
    Instant from = one.isBefore(other) ? one : other;
    Instant to = one.isBefore(other) ? other : one;
    Answer answer = reader.get("%s/diff?from=%s&to=%s".formatted(ref.path(), from, to));
    if (!model.knownBy(model.lastBy(to)).contains(ref)) {
      answer.problem(404);
      return;
    }
    assertThat(GraphServer.changes(answer.expect(200).json()))
        .as("%s from %s to %s", ref, from, to)
        .isEqualTo(GraphModel.changes(state(ref, from), state(ref, to)));
  }

  /** Who gave each attribute its value: not before the commit that did, nor after the instant. */
  void attributes(Ref ref, Instant instant) {
    JsonObject state = state(ref, instant);
    if (state == null) {
      return;
    }
    List<JsonObject> items = items("%s/attributes?asOf=%s".formatted(ref.path(), instant));
    assertThat(items).extracting(item -> item.getString("attribute")).containsAll(state.keySet());
    for (JsonObject item : items) {
      String name = item.getString("attribute");
      if (!name.equals("version")) {
        assertThat(GraphModel.normal(item.get("value"))).isEqualTo(state.get(name));
        if (!state.isNull(name)) {
          assertThat(Instant.parse(item.getString("timeCreated")))
              .as("%s of %s as of %s", name, ref, instant)
              .isBetween(givenAt(ref, name, instant), instant);
        }
      }
    }
  }

  private Instant givenAt(Ref ref, String name, Instant instant) {
    int commit = model.lastBy(instant);
    while (!GraphModel.changes(model.after(commit - 1).get(ref), model.after(commit).get(ref))
        .containsKey(name)) {
      commit--;
    }
    return model.commits().get(commit).timeCreated();
  }

  /** Persons by comparisons, in an order, with what they refer to. */
  void ordered(Instant instant, Random random) {
    NavigableMap<Ref, JsonObject> then = model.after(model.lastBy(instant));
    int age = random.nextInt(5) * 10;
    boolean isByTeam = random.nextBoolean();
    String filter = isByTeam ? "team.name=startsWith:b" : "age=gt:" + age;
    List<JsonObject> expected =
        then.entrySet().stream()
            .filter(each -> each.getKey().type().equals("Person"))
            .map(Map.Entry::getValue)
            .filter(each -> isByTeam ? isInTeam(each, then) : isOlder(each, age))
            .sorted(byName())
            .toList();
    List<JsonObject> items =
        items(
            "/audit/types/Person?asOf=%s&%s&orderBy=name&expand=team&limit=%d"
                .formatted(instant, filter, 1 + random.nextInt(7)));
    assertThat(items)
        .as("%s as of %s", filter, instant)
        .extracting(item -> GraphModel.normal(item.getJsonObject("state")))
        .containsExactlyElementsOf(expected);
    for (JsonObject item : items) {
      Ref team = reference("Team", item.getJsonObject("state").get("team"));
      if (team != null) {
        assertThat(
                GraphModel.normal(
                    item.getJsonObject("expanded").getJsonObject("team").getJsonObject("state")))
            .isEqualTo(then.get(team));
      }
    }
  }

  private static boolean isOlder(JsonObject person, int age) {
    return person.get("age") instanceof JsonNumber own && own.intValueExact() > age;
  }

  private static boolean isInTeam(JsonObject person, Map<Ref, JsonObject> then) {
    Ref team = reference("Team", person.get("team"));
    JsonObject state = team == null ? null : then.get(team);
    return state != null && !state.isNull("name") && state.getString("name").startsWith("b");
  }

  private static Comparator<JsonObject> byName() {
    return Comparator.comparing(
            (JsonObject state) -> state.isNull("name") ? null : state.getString("name"),
            Comparator.nullsFirst(Comparator.naturalOrder()))
        .thenComparing(state -> state.getJsonNumber("id").toString());
  }

  /** What an object refers to, as of the same instant. */
  void relations(Ref ref, Instant instant) {
    JsonObject state = state(ref, instant);
    if (state == null || ref.type().equals("Team")) {
      return;
    }
    String relation = ref.type().equals("Person") ? "mentor" : "members";
    String type = "Person";
    JsonValue value = state.get(relation);
    Stream<JsonValue> ids =
        value instanceof JsonNumber
            ? Stream.of(value)
            : relation.equals("members") ? state.getJsonArray(relation).stream() : Stream.empty();
    List<JsonObject> expected = ids.map(id -> state(reference(type, id), instant)).toList();
    assertThat(items("%s/%s?asOf=%s&limit=2".formatted(ref.path(), relation, instant)))
        .as("%s of %s as of %s", relation, ref, instant)
        .extracting(item -> GraphModel.normal(item.getJsonObject("state")))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Which commits of an actor the feed has from an instant on, in their order. */
  void feed(Instant from, Random random) {
    String actor = ACTORS.get(random.nextInt(ACTORS.size()));
    Instant to = from.plusMillis(random.nextInt(2000));
    Instant end = model.commits().get(model.commits().size() - 1).timeCreated();
    List<Long> expected =
        model.commits().stream()
            .filter(each -> each.actor().equals(actor))
            .filter(each -> !each.timeCreated().isBefore(from))
            .filter(each -> !each.timeCreated().isAfter(to))
            .map(Commit::number)
            .toList();
    List<Long> known = model.commits().stream().map(Commit::number).toList();
    assertThat(
            items(
                "/audit/events?type=Person&type=Project&type=Team&actor=%s&from=%s&to=%s&limit=5"
                    .formatted(actor, from, to.isAfter(end) ? end : to)))
        .extracting(item -> item.getJsonNumber("transaction").longValueExact())
        .filteredOn(known::contains)
        .satisfies(
            numbers ->
                assertThat(numbers.stream().distinct().toList())
                    .as("of %s", actor)
                    .isEqualTo(expected));
  }

  private @Nullable JsonObject state(@Nullable Ref ref, Instant instant) {
    return ref == null ? null : model.after(model.lastBy(instant)).get(ref);
  }

  private static @Nullable Ref reference(String type, @Nullable JsonValue id) {
    return id instanceof JsonNumber number ? new Ref(type, number.longValue()) : null;
  }
}
