package io.github.palimpsest.it.country;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Objects;

/** Makes changes through JPA, each call in one transaction. */
@ApplicationScoped
@Transactional
class Replay {
  @PersistenceContext(unitName = "bank")
  EntityManager entities;

  boolean apply(List<JsonObject> changes) {
    changes.forEach(this::apply);
    return true;
  }

  private void apply(JsonObject change) {
    String id = change.getString("id");
    switch (change.getString("op")) {
      case "persist" -> {
        Country country = new Country(id);
        country.become(change.getJsonObject("state"));
        entities.persist(country);
      }
      case "update" -> existing(id).become(change.getJsonObject("state"));
      case "remove" -> entities.remove(existing(id));
      default -> throw new IllegalArgumentException(change.getString("op"));
    }
  }

  private Country existing(String id) {
    return Objects.requireNonNull(entities.find(Country.class, id), id);
  }

  List<JsonObject> countries() {
    return entities
        .createQuery("select c from Country c order by c.cca3", Country.class)
        .getResultStream()
        .map(Country::state)
        .toList();
  }
}
