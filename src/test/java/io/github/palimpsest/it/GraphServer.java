package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.it.GraphModel.Commit;
import io.github.palimpsest.it.GraphModel.Ref;
import io.github.palimpsest.it.GraphStep.RestoreOne;
import io.github.palimpsest.it.GraphStep.RestoreType;
import io.github.palimpsest.it.GraphStep.Undo;
import io.github.palimpsest.it.GraphStep.Work;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Does steps on the server and in the model, and compares what is there after each. */
final class GraphServer {
  private static final List<String> ACTORS = List.of("teller", "reader", "restorer", "admin");
  private static final String WHY = "put back";
  private static final String[] LIVE = {
    "Team", "select id, json_build_object('id', id, 'name', name, 'motto', motto) from team",
    "Project",
        """
        select id, json_build_object('id', id, 'title', title, 'members',
          coalesce((select json_agg(person_id) from project_member where project_id = id), '[]'))
        from project
        """,
    "Person",
        """
        select id, json_build_object('id', id, 'name', name, 'age', age, 'team', team_id,
          'mentor', mentor_id, 'address', case when street is not null or city is not null
            then json_build_object('street', street, 'city', city) end, 'nicknames',
          coalesce((select json_agg(nickname) from person_nickname where person_id = id), '[]'))
        from person
        """
  };

  private final GraphModel model;
  private final Http restorer = Http.nobody().as("restorer");
  private final Database database = Database.application();
  private final List<String> did = new ArrayList<>();
  private long lastId;

  GraphServer(GraphModel model) {
    this.model = model;
  }

  /** Returns what was done so far, by kind and outcome. */
  List<String> did() {
    return did;
  }

  void step(GraphStep step) {
    if (step instanceof Work work) {
      work(work);
    } else if (step instanceof RestoreOne one && !model.commits().isEmpty()) {
      restore(one);
    } else if (step instanceof RestoreType all && !model.commits().isEmpty()) {
      restore(all);
    } else if (step instanceof Undo undo && !model.commits().isEmpty()) {
      undo(undo);
    }
    assertThat(live()).as("after %s", step).isEqualTo(model.now());
  }

  private void work(Work work) {
    GraphWork done = new GraphWork(model.now(), lastId);
    work.intents().forEach(done::add);
    lastId = done.lastId();
    String actor = GraphWork.pick(ACTORS, work.actor());
    String[] why =
        work.reason() == null ? new String[0] : new String[] {"Audit-Reason", work.reason()};
    Answer answer = Http.nobody().as(actor).post("/graph/scripts", done.script(work.fails()), why);
    if (work.fails()) {
      answer.problem(500);
    } else {
      answer.expect(204);
      commit(done.states(), actor, work.reason());
    }
    did.add(work.fails() ? "failed work" : "work");
  }

  private void restore(RestoreOne step) {
    int commit = step.commit() % model.commits().size();
    List<Ref> known = new ArrayList<>(model.knownBy(model.commits().size() - 1));
    if (known.isEmpty()) {
      return;
    }
    Ref ref = GraphWork.pick(known, step.object());
    GraphPutBack wanted =
        GraphPutBack.restored(ref, model.after(commit), model.now(), step.isRelated());
    String body =
        "{\"asOf\":\"%s\",\"reason\":\"%s\",\"related\":\"%s\"%%s}"
            .formatted(
                model.commits().get(commit).timeCreated(),
                WHY,
                step.isRelated() ? "required" : "none");
    if (wanted.isRefused()) {
      assertThat(
              restorer
                  .post(ref.path() + "/restore", body.formatted(""))
                  .problem(status(ref, commit)))
          .isNotEmpty();
    } else {
      JsonObject told =
          restorer
              .post(ref.path() + "/restore", body.formatted(",\"dryRun\":true"))
              .expect(200)
              .json();
      JsonObject answer =
          restorer.post(ref.path() + "/restore", body.formatted("")).expect(200).json();
      assertThat(answer.get("changes")).isEqualTo(told.get("changes"));
      assertThat(answer.get("related")).isEqualTo(told.get("related"));
      assertThat(changes(answer))
          .isEqualTo(GraphModel.changes(model.now().get(ref), wanted.states().get(ref)));
      commit(wanted.states(), "restorer", WHY);
    }
    did.add("restore of one" + (wanted.isRefused() ? ", refused" : ""));
  }

  private int status(Ref ref, int commit) {
    if (model.after(commit).containsKey(ref)) {
      return 409;
    }
    return model.knownBy(commit).contains(ref) ? 410 : 404;
  }

  private void restore(RestoreType step) {
    String type = GraphWork.pick(List.of("Person", "Project", "Team"), step.type());
    int commit = step.commit() % model.commits().size();
    GraphPutBack wanted =
        GraphPutBack.restored(type, model.after(commit), model.now(), step.isExact());
    String body =
        "{\"asOf\":\"%s\",\"reason\":\"%s\",\"exact\":%b%%s}"
            .formatted(model.commits().get(commit).timeCreated(), WHY, step.isExact());
    putBack("/audit/types/%s/restore".formatted(type), body, wanted);
    did.add("restore of a type" + (wanted.isRefused() ? ", refused" : ""));
  }

  private void undo(Undo step) {
    int commit = step.commit() % model.commits().size();
    GraphPutBack wanted =
        GraphPutBack.undone(
            model.after(commit - 1), model.after(commit), model.now(), step.isForced());
    String body = "{\"reason\":\"%s\",\"force\":%b%%s}".formatted(WHY, step.isForced());
    putBack(
        "/audit/transactions/%d/undo".formatted(model.commits().get(commit).number()),
        body,
        wanted);
    did.add(
        "undo"
            + (wanted.isRefused() ? ", refused" : "")
            + (wanted.conflicts().isEmpty() ? "" : ", conflicts"));
  }

  private void putBack(String path, String body, GraphPutBack wanted) {
    if (wanted.isRefused()) {
      restorer.post(path, body.formatted("")).problem(409);
      return;
    }
    JsonObject told = restorer.post(path, body.formatted(",\"dryRun\":true")).expect(200).json();
    assertThat(live()).as("after a dry run").isEqualTo(model.now());
    JsonObject answer = restorer.post(path, body.formatted("")).expect(200).json();
    for (String each : List.of("created", "changed", "removed", "conflicts", "items")) {
      assertThat(answer.get(each)).as(each).isEqualTo(told.get(each));
    }
    assertThat(
            answer.getJsonArray("conflicts").getValuesAs(JsonObject.class).stream()
                .map(GraphServer::conflict)
                .collect(Collectors.toSet()))
        .isEqualTo(wanted.conflicts());
    Set<Ref> changed = GraphModel.changed(model.now(), wanted.states());
    List<JsonObject> items = answer.getJsonArray("items").getValuesAs(JsonObject.class);
    assertThat(items).hasSameSizeAs(changed);
    for (JsonObject item : items) {
      Ref ref = new Ref(item.getString("type"), Long.parseLong(item.getString("id")));
      assertThat(changes(item))
          .as("%s", ref)
          .isEqualTo(GraphModel.changes(model.now().get(ref), wanted.states().get(ref)));
    }
    commit(wanted.states(), "restorer", WHY);
  }

  private static String conflict(JsonObject conflict) {
    return GraphPutBack.conflict(
        new Ref(conflict.getString("type"), Long.parseLong(conflict.getString("id"))),
        conflict.isNull("attribute") ? null : conflict.getString("attribute"));
  }

  static NavigableMap<String, List<JsonValue>> changes(JsonObject item) {
    NavigableMap<String, List<JsonValue>> changes = new TreeMap<>();
    for (JsonObject each : item.getJsonArray("changes").getValuesAs(JsonObject.class)) {
      if (!each.getString("attribute").equals("version")) {
        changes.put(
            each.getString("attribute"),
            List.of(GraphModel.normal(each.get("old")), GraphModel.normal(each.get("new"))));
      }
    }
    return changes;
  }

  /** Takes the commit into the model, if it changed something. */
  private void commit(NavigableMap<Ref, JsonObject> states, String actor, @Nullable String reason) {
    Set<Ref> changed = GraphModel.changed(model.now(), states);
    if (changed.isEmpty()) {
      return;
    }
    List<JsonObject> events =
        restorer.get(changed.iterator().next().path() + "/events?limit=1000").expect(200).items();
    JsonObject last = events.get(events.size() - 1);
    model.add(
        new Commit(
            last.getJsonNumber("transaction").longValueExact(),
            Instant.parse(last.getString("timeCreated")),
            actor,
            reason,
            states));
  }

  private NavigableMap<Ref, JsonObject> live() {
    NavigableMap<Ref, JsonObject> live = new TreeMap<>();
    for (int type = 0; type < LIVE.length; type += 2) {
      String name = LIVE[type];
      database.rows(
          LIVE[type + 1],
          row ->
              live.put(new Ref(name, row.getLong(1)), GraphModel.normal(json(row.getString(2)))));
    }
    return live;
  }

  private static JsonObject json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
