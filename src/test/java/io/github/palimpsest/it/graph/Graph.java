package io.github.palimpsest.it.graph;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Does what a script says, in one transaction. */
@ApplicationScoped
@Transactional
class Graph {
  private static final Map<String, Class<?>> CLASSES =
      Map.of("Team", Team.class, "Person", Person.class, "Project", Project.class);

  @PersistenceContext(unitName = "bank")
  EntityManager entities;

  /**
   * Does each step: {@code {"put": type, "id", "state"}} makes an object so, {@code {"remove":
   * type, "id"}} removes it, {@code {"flush": true}} flushes, {@code {"fail": true}} fails.
   */
  void apply(List<JsonObject> script) {
    for (JsonObject step : script) {
      if (step.containsKey("put")) {
        put(step.getString("put"), step.getInt("id"), step.getJsonObject("state"));
      } else if (step.containsKey("remove")) {
        entities.remove(
            entities.find(CLASSES.get(step.getString("remove")), (long) step.getInt("id")));
        entities.flush();
      } else if (step.containsKey("flush")) {
        entities.flush();
      } else {
        throw new IllegalStateException("the script asks for it");
      }
    }
  }

  private void put(String type, long id, JsonObject state) {
    switch (type) {
      case "Team" -> put(id, state, found(Team.class, id));
      case "Person" -> put(id, state, found(Person.class, id));
      default -> put(id, state, found(Project.class, id));
    }
  }

  private void put(long id, JsonObject state, @Nullable Team found) {
    Team team = found == null ? new Team(id) : found;
    team.become(text(state, "name"), text(state, "motto"));
    persist(team, found);
  }

  private void put(long id, JsonObject state, @Nullable Person found) {
    Person person = found == null ? new Person(id) : found;
    person.become(
        text(state, "name"),
        state.get("age") instanceof JsonNumber age ? age.intValueExact() : null,
        state.get("address") instanceof JsonObject address
            ? new Address(text(address, "street"), text(address, "city"))
            : null);
    person.become(
        reference(Team.class, state.get("team")),
        reference(Person.class, state.get("mentor")),
        state.getJsonArray("nicknames").getValuesAs(JsonString.class).stream()
            .map(JsonString::getString)
            .collect(Collectors.toSet()));
    persist(person, found);
  }

  private void put(long id, JsonObject state, @Nullable Project found) {
    Project project = found == null ? new Project(id) : found;
    project.become(
        text(state, "title"),
        state.getJsonArray("members").getValuesAs(JsonNumber.class).stream()
            .map(member -> entities.find(Person.class, member.longValue()))
            .collect(Collectors.toSet()));
    persist(project, found);
  }

  private void persist(Object entity, @Nullable Object found) {
    if (found == null) {
      entities.persist(entity);
    }
  }

  private <T> @Nullable T found(Class<T> type, long id) {
    return entities.find(type, id);
  }

  private <T> @Nullable T reference(Class<T> type, @Nullable JsonValue id) {
    return id instanceof JsonNumber number ? entities.find(type, number.longValue()) : null;
  }

  private static @Nullable String text(JsonObject state, String name) {
    return state.get(name) instanceof JsonString text ? text.getString() : null;
  }
}
