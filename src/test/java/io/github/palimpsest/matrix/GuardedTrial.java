package io.github.palimpsest.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.guard.Guard;
import io.github.palimpsest.guard.GuardMode;
import io.github.palimpsest.guard.GuardReport;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.run.Login;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.testing.TestDatabase;
import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tries the kinds of one group where only triggers record: another program, which has the same
 * entities and is not audited, makes the changes.
 */
final class GuardedTrial implements AutoCloseable {
  private static final Map<String, String> OF_ANOTHER_PROGRAM =
      Map.of(
          "palimpsest.entities.exclude", "all",
          "eclipselink.session-name", "another program",
          "jakarta.persistence.schema-generation.database.action", "none",
          "hibernate.hbm2ddl.auto", "none");

  private final TestUnit unit;
  private final TestUnit other;
  private final Rebuilder rebuilder;
  private final LiveComparison live;
  private final KeptConnection reading;
  private final GuardReport report;
  private int number;

  /**
   * Opens it.
   *
   * @param isOneRole whether one role owns the tables and the schema palimpsest
   */
  GuardedTrial(Variant variant, Kinds group, TestDatabase database, boolean isOneRole) {
    MatrixUnit described = new MatrixUnit(variant, group);
    Map<String, String> another = new HashMap<>(OF_ANOTHER_PROGRAM);
    if (isOneRole) {
      Map<String, String> owner = owner(database);
      another.putAll(owner);
      this.unit = TestUnit.of(database, described.open(database, owner));
    } else {
      this.unit = TestUnit.of(database, described.open(database));
    }
    this.other = TestUnit.of(database, described.open(database, another));
    this.reading = new KeptConnection(database);
    this.rebuilder = new Rebuilder(reading, new EventReader(), Duration.ofSeconds(5));
    EntityModels models = variant.provider().models(unit.factory());
    this.live =
        new LiveComparison(unit, models, new Picture(unit.factory().getPersistenceUnitUtil()));
    this.report =
        new Guard(
                isOneRole ? database.ownerConnections() : database.connections(),
                database.ownerConnections(),
                models.all(),
                model -> true,
                model -> variant.provider().sql(unit.factory(), model))
            .install(GuardMode.RECORD);
  }

  /** The login of the schema's owner, with a schema for the tables. */
  private static Map<String, String> owner(TestDatabase database) {
    Login login = database.login();
    try (Connection connection = database.connectAsOwner();
        Statement statement = connection.createStatement()) {
      statement.execute("create schema application");
      statement.execute("alter role %s set search_path = application".formatted(login.owner()));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return Map.of(
        "jakarta.persistence.jdbc.user", login.owner(),
        "jakarta.persistence.jdbc.password", login.ownerPassword());
  }

  @Override
  public void close() {
    reading.close();
    other.close();
    unit.close();
  }

  /** Returns what keeps a type from being guarded as a whole. */
  List<String> problems(Kind<?> kind) {
    return report.types().stream()
        .filter(type -> type.contentType().equals(kind.type()))
        .flatMap(type -> type.problems().stream())
        .toList();
  }

  /** Does the step with a new entity, and compares what was recorded with what is there then. */
  <E> void run(Kind<E> kind, Step<E> step) {
    number++;
    long before = Recorded.last(reading);
    E entity = other.call(em -> persisted(em, kind));
    Object key = other.factory().getPersistenceUnitUtil().getIdentifier(entity);
    StreamId stream =
        new StreamId(kind.type(), kind.objectId(number).replace("$id", String.valueOf(key)));
    if (!step.isPersist()) {
      compare(stream, before);
      before = Recorded.last(reading);
      other.factory().getCache().evictAll();
      other.commit(em -> step.run(em, em.find(kind.entityClass(), key), number));
    }
    compare(stream, before);
  }

  private void compare(StreamId stream, long before) {
    Set<StreamId> streams = new LinkedHashSet<>(List.of(stream));
    Recorded.after(reading, before).forEach(each -> streams.add(each.stream()));
    for (StreamId each : streams) {
      live.compare(each, rebuilder.at(each, Bound.none()).orElseThrow(), true);
    }
    assertThat(
            reading.rows(
                "select id from palimpsest.event where source <> 'database' and id > " + before))
        .as("captured")
        .isEmpty();
  }

  private <E> E persisted(EntityManager em, Kind<E> kind) {
    E entity = kind.make(em, number);
    kind.steps().get(0).run(em, entity, number);
    return entity;
  }
}
