package io.github.palimpsest.it;

import io.github.palimpsest.it.GraphModel.Ref;
import io.github.palimpsest.it.GraphStep.Intent;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Makes a script of intents, and the states that it should leave behind. */
final class GraphWork {
  private static final List<String> TYPES = List.of("Person", "Project", "Team");
  private static final List<String> WORDS = List.of("ada", "böll", "c%3", "\"d'", "e\nf", "");

  private final NavigableMap<Ref, JsonObject> states;
  private final JsonArrayBuilder script = Json.createArrayBuilder();
  private final Set<Ref> made = new HashSet<>();
  private long lastId;

  /**
   * Begins with what is there.
   *
   * @param lastId the highest id ever given
   */
  GraphWork(NavigableMap<Ref, JsonObject> now, long lastId) {
    this.states = new TreeMap<>(now);
    this.lastId = lastId;
  }

  NavigableMap<Ref, JsonObject> states() {
    return states;
  }

  long lastId() {
    return lastId;
  }

  String script(boolean fails) {
    if (fails) {
      script.add(Json.createObjectBuilder().add("fail", true));
    }
    return script.build().toString();
  }

  void add(Intent intent) {
    int kind = intent.kind() % 10;
    if (kind < 3) {
      Ref ref = new Ref(TYPES.get(kind), ++lastId);
      made.add(ref);
      put(ref, fresh(ref, intent.value()));
    } else if (!states.isEmpty()) {
      Ref ref = pick(new ArrayList<>(states.keySet()), intent.object());
      if (kind < 8) {
        put(ref, changed(ref, intent.attribute(), intent.value()));
      } else if (!made.contains(ref) && GraphModel.referrers(ref, states).isEmpty()) {
        states.remove(ref);
        script.add(Json.createObjectBuilder().add("remove", ref.type()).add("id", ref.id()));
      }
    }
    if (intent.value() % 3 == 0) {
      script.add(Json.createObjectBuilder().add("flush", true));
    }
  }

  private void put(Ref ref, JsonObject state) {
    states.put(ref, state);
    script.add(
        Json.createObjectBuilder().add("put", ref.type()).add("id", ref.id()).add("state", state));
  }

  private JsonObject fresh(Ref ref, int value) {
    JsonObjectBuilder state = Json.createObjectBuilder().add("id", ref.id());
    for (String attribute : attributes(ref)) {
      state.add(attribute, value(ref, attribute, value));
    }
    return GraphModel.normal(state.build());
  }

  private JsonObject changed(Ref ref, int attribute, int value) {
    String name = pick(attributes(ref), attribute);
    return GraphModel.normal(
        Json.createObjectBuilder(states.get(ref)).add(name, value(ref, name, value)).build());
  }

  static List<String> attributes(Ref ref) {
    return switch (ref.type()) {
      case "Person" -> List.of("name", "age", "address", "team", "mentor", "nicknames");
      case "Project" -> List.of("title", "members");
      default -> List.of("name", "motto");
    };
  }

  private JsonValue value(Ref ref, String attribute, int value) {
    return switch (attribute) {
      case "age" -> value % 4 == 0 ? JsonValue.NULL : Json.createValue(value % 5 * 10);
      case "address" ->
          value % 3 == 0
              ? JsonValue.NULL
              : Json.createObjectBuilder()
                  .add("street", text(value / 3))
                  .add("city", WORDS.get(value % 2))
                  .build();
      case "team" -> reference("Team", ref, value);
      case "mentor" -> reference("Person", ref, value);
      case "members" -> some(value);
      case "nicknames" -> words(value);
      default -> text(value);
    };
  }

  private static JsonValue text(int value) {
    return value % 7 == 0 ? JsonValue.NULL : Json.createValue(pick(WORDS, value));
  }

  private JsonValue reference(String type, Ref from, int value) {
    List<Ref> targets = all(type);
    targets.remove(from);
    return value % 4 == 0 || targets.isEmpty()
        ? JsonValue.NULL
        : Json.createValue(pick(targets, value / 4).id());
  }

  private JsonValue some(int value) {
    JsonArrayBuilder some = Json.createArrayBuilder();
    int bits = value;
    for (Ref each : all("Person")) {
      if (bits % 2 == 1) {
        some.add(each.id());
      }
      bits = bits / 2 + (each.id() % 3 == 0 ? value % 64 : 0);
    }
    return some.build();
  }

  private static JsonValue words(int value) {
    JsonArrayBuilder words = Json.createArrayBuilder();
    for (int word = 0; word < WORDS.size(); word++) {
      if ((value >> word) % 2 == 1) {
        words.add(WORDS.get(word));
      }
    }
    return words.build();
  }

  private List<Ref> all(String type) {
    List<Ref> all = new ArrayList<>(states.keySet());
    all.removeIf(each -> !each.type().equals(type));
    return all;
  }

  static <E> E pick(List<E> list, int number) {
    return list.get(number % list.size());
  }
}
