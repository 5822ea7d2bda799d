package io.github.palimpsest.testing;

import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.rebuild.Rebuilder;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** A persistence unit of the tests in Java SE, its tables created in a database of its own. */
public final class TestUnit implements AutoCloseable {
  private final TestDatabase database;
  private final EntityManagerFactory factory;

  private TestUnit(TestDatabase database, EntityManagerFactory factory) {
    this.database = database;
    this.factory = factory;
  }

  /**
   * Opens the provider's unit with the entities of that name.
   *
   * @param tables those that EclipseLink's schema generation gets wrong
   */
  public static TestUnit open(JpaProvider provider, String entities, String... tables) {
    return open(provider, entities, Map.of(), tables);
  }

  /** As {@link #open(JpaProvider, String, String...)}, with further properties of the unit. */
  public static TestUnit open(
      JpaProvider provider, String entities, Map<String, String> properties, String... tables) {
    TestDatabase database = TestDatabase.create();
    for (String table : tables) {
      database.execute(table);
    }
    return open(provider, entities, database, properties);
  }

  /** Opens the provider's unit with the entities of that name on a database that is there. */
  public static TestUnit open(JpaProvider provider, String entities, TestDatabase database) {
    return open(provider, entities, database, Map.of());
  }

  /** Opens the provider's unit on a database that is there, with further properties. */
  public static TestUnit open(
      JpaProvider provider,
      String entities,
      TestDatabase database,
      Map<String, String> properties) {
    Map<String, String> all = new HashMap<>(properties);
    all.putIfAbsent("jakarta.persistence.jdbc.url", database.login().url());
    all.put("jakarta.persistence.jdbc.user", database.login().user());
    all.put("jakarta.persistence.jdbc.password", database.login().password());
    return new TestUnit(
        database, Persistence.createEntityManagerFactory(provider.unit(entities), all));
  }

  /** Returns the unit of an open factory on {@code database}. */
  public static TestUnit of(TestDatabase database, EntityManagerFactory factory) {
    return new TestUnit(database, factory);
  }

  /** Returns its database. */
  public TestDatabase database() {
    return database;
  }

  /** Returns what rebuilds the states of its database. */
  public Rebuilder rebuilder() {
    return new Rebuilder(database.connections(), new EventReader(), Duration.ofSeconds(5));
  }

  /** Returns its factory. */
  public EntityManagerFactory factory() {
    return factory;
  }

  /** Runs {@code work} in a transaction and commits it. */
  public void commit(Consumer<EntityManager> work) {
    call(
        entities -> {
          work.accept(entities);
          return true;
        });
  }

  /** Runs {@code work} in a transaction, commits it and returns what it returns. */
  public <R> R call(Function<EntityManager, R> work) {
    EntityManager entities = factory.createEntityManager();
    try {
      entities.getTransaction().begin();
      R result = work.apply(entities);
      entities.getTransaction().commit();
      return result;
    } finally {
      if (entities.getTransaction().isActive()) {
        entities.getTransaction().rollback();
      }
      entities.close();
    }
  }

  @Override
  public void close() {
    factory.close();
  }
}
