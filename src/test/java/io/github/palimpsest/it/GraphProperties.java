package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.it.GraphModel.Commit;
import io.github.palimpsest.it.GraphModel.Ref;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** What holds for any history of a graph of objects; {@link GraphIT} runs it beside a server. */
class GraphProperties {
  /** The build is to be the same each time; by hand any other. */
  private static final String SEED = "20261127";

  private static final int STEPS = 80;
  private static final int INSTANTS = 500;

  /** One for all tries: the server forgets nothing. */
  private static final GraphModel MODEL = new GraphModel();

  private static final GraphServer SERVER = new GraphServer(MODEL);

  private final Http reader = Http.nobody().as("reader");
  private final GraphQuestions questions = new GraphQuestions(MODEL);

  /** Called by the test engine. */
  GraphProperties() {}

  @Provide
  Arbitrary<List<GraphStep>> histories() {
    return GraphStep.histories(STEPS);
  }

  @Property(tries = 2, seed = SEED, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void every_answer_is_that_of_the_model(
      @ForAll("histories") List<GraphStep> history, @ForAll Random random) {
    history.forEach(SERVER::step);
    for (int number = 0; number < INSTANTS; number++) {
      Instant instant = instant(random);
      object(instant, random);
      type(instant, random);
      questions.difference(anyone(random), instant, instant(random));
      questions.attributes(anyone(random), instant);
      questions.ordered(instant, random);
      questions.relations(anyone(random), instant);
      questions.feed(instant, random);
    }
    MODEL.knownBy(MODEL.commits().size() - 1).forEach(this::events);
    for (int commit = 0; commit < MODEL.commits().size(); commit++) {
      transaction(commit);
    }
    assertThat(SERVER.did())
        .contains("work", "failed work", "restore of one", "undo", "undo, conflicts");
  }

  /** Any, or exactly that of a commit, or the last before it. */
  private static Instant instant(Random random) {
    List<Commit> commits = MODEL.commits();
    Instant commit = commits.get(random.nextInt(commits.size())).timeCreated();
    if (random.nextBoolean()) {
      return random.nextBoolean() ? commit : commit.minusNanos(1000);
    }
    Instant first = commits.get(0).timeCreated();
    Duration all = Duration.between(first, commits.get(commits.size() - 1).timeCreated());
    return first.plusNanos(random.nextLong(all.toNanos() / 1000 + 1) * 1000);
  }

  private static Ref anyone(Random random) {
    List<Ref> all = new ArrayList<>(MODEL.knownBy(MODEL.commits().size() - 1));
    return all.get(random.nextInt(all.size()));
  }

  private void object(Instant instant, Random random) {
    Ref ref = anyone(random);
    int commit = MODEL.lastBy(instant);
    JsonObject expected = MODEL.after(commit).get(ref);
    Answer answer = reader.get(ref.path() + "?asOf=" + instant);
    if (expected != null) {
      assertThat(GraphModel.normal(answer.expect(200).json().getJsonObject("state")))
          .as("%s as of %s", ref, instant)
          .isEqualTo(expected);
    } else {
      answer.problem(MODEL.knownBy(commit).contains(ref) ? 410 : 404);
    }
  }

  private void type(Instant instant, Random random) {
    String type = List.of("Person", "Project", "Team").get(random.nextInt(3));
    NavigableMap<Ref, JsonObject> expected = new TreeMap<>(MODEL.after(MODEL.lastBy(instant)));
    expected.keySet().removeIf(each -> !each.type().equals(type));
    String query = "?asOf=%s&limit=%d".formatted(instant, 1 + random.nextInt(7));
    if (random.nextBoolean() && !expected.isEmpty()) {
      query += "&" + filter(expected, random);
    }
    assertThat(pages("/audit/types/" + type + query))
        .as("%s%s", type, query)
        .containsExactlyInAnyOrderElementsOf(expected.values());
  }

  /** Returns a filter by a value that there is, and takes out of {@code expected} what it does. */
  private static String filter(NavigableMap<Ref, JsonObject> expected, Random random) {
    Ref like = new ArrayList<>(expected.keySet()).get(random.nextInt(expected.size()));
    String name = like.type().equals("Project") ? "title" : "name";
    JsonObject state = Objects.requireNonNull(expected.get(like));
    if (state.isNull(name)) {
      return "id=" + only(expected, like);
    }
    String text = state.getString(name);
    expected.values().removeIf(each -> !text.equals(each.getString(name, null)));
    return name + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static long only(NavigableMap<Ref, JsonObject> expected, Ref ref) {
    expected.keySet().removeIf(each -> !each.equals(ref));
    return ref.id();
  }

  private List<JsonObject> pages(String first) {
    List<JsonObject> found = new ArrayList<>();
    for (JsonObject item : questions.items(first)) {
      found.add(GraphModel.normal(item.getJsonObject("state")));
    }
    return found;
  }

  /** What the events of one transaction change together is what the commit changed. */
  private void events(Ref ref) {
    Map<Long, List<JsonObject>> byTransaction = new LinkedHashMap<>();
    for (JsonObject event : questions.items(ref.path() + "/events?limit=4")) {
      long number = event.getJsonNumber("transaction").longValueExact();
      byTransaction.computeIfAbsent(number, each -> new ArrayList<>()).add(event);
    }
    List<Long> expected = new ArrayList<>();
    for (int commit = 0; commit < MODEL.commits().size(); commit++) {
      if (MODEL.changedBy(commit).contains(ref)) {
        Commit made = MODEL.commits().get(commit);
        expected.add(made.number());
        check(ref, commit, Objects.requireNonNull(byTransaction.get(made.number())));
      }
    }
    byTransaction
        .entrySet()
        .removeIf(each -> !expected.contains(each.getKey()) && net(each.getValue()).isEmpty());
    assertThat(byTransaction.keySet()).as("%s", ref).containsExactlyElementsOf(expected);
  }

  private static void check(Ref ref, int commit, List<JsonObject> events) {
    Commit made = MODEL.commits().get(commit);
    for (JsonObject event : events) {
      assertThat(event.getString("actor")).isEqualTo(made.actor());
      assertThat(event.getString("reason", null)).isEqualTo(made.reason());
      assertThat(Instant.parse(event.getString("timeCreated"))).isEqualTo(made.timeCreated());
      assertThat(event.getString("source")).isEqualTo("jpa");
    }
    assertThat(net(events))
        .as("%s in transaction %d", ref, made.number())
        .isEqualTo(
            GraphModel.changes(MODEL.after(commit - 1).get(ref), MODEL.after(commit).get(ref)));
  }

  private static NavigableMap<String, List<JsonValue>> net(List<JsonObject> events) {
    NavigableMap<String, List<JsonValue>> net = new TreeMap<>();
    for (JsonObject event : events) {
      GraphServer.changes(event)
          .forEach(
              (name, change) ->
                  net.merge(name, change, (one, next) -> List.of(one.get(0), next.get(1))));
    }
    net.values().removeIf(change -> change.get(0).equals(change.get(1)));
    return net;
  }

  private void transaction(int commit) {
    Commit made = MODEL.commits().get(commit);
    TreeMap<Ref, List<JsonObject>> byObject = new TreeMap<>();
    for (JsonObject event :
        questions.items("/audit/transactions/%d?limit=5".formatted(made.number()))) {
      if (!event.getString("operation").equals("domain")) {
        Ref ref = new Ref(event.getString("type"), Long.parseLong(event.getString("id")));
        byObject.computeIfAbsent(ref, each -> new ArrayList<>()).add(event);
      }
    }
    byObject.forEach((ref, events) -> check(ref, commit, events));
    assertThat(byObject.keySet()).containsAll(Set.copyOf(MODEL.changedBy(commit)));
  }
}
