package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.Drift;
import io.github.palimpsest.DriftedObject;
import io.github.palimpsest.DriftedObject.Kind;
import io.github.palimpsest.Reconciled;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.guard.DriftCheck;
import io.github.palimpsest.guard.Guard;
import io.github.palimpsest.guard.GuardMode;
import io.github.palimpsest.guard.Reconciler;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.state.eclipselink.EclipseLinkModels;
import io.github.palimpsest.state.eclipselink.EclipseLinkStateSql;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestDatabase;
import io.github.palimpsest.testing.TestGuard;
import io.github.palimpsest.testing.TestUnit;
import java.time.Duration;
import java.util.List;
import org.eclipse.persistence.jpa.JpaHelper;
import org.eclipse.persistence.sessions.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The guard and the drift check on the same rows: what the one records, the other does not find.
 */
class GuardDriftDatabaseTest {
  private TestUnit unit;
  private TestDatabase database;
  private Guard guard;

  @BeforeEach
  void open() {
    unit = TestUnit.open(JpaProvider.ECLIPSELINK, "kinds", Artist.TABLE);
    database = unit.database();
    guard = TestGuard.of(JpaProvider.ECLIPSELINK, unit, model -> true);
    unit.commit(em -> List.of("a", "b", "c").forEach(id -> em.persist(new Painting(id))));
  }

  @AfterEach
  void close() {
    unit.close();
  }

  @Test
  void a_change_by_sql_is_no_drift_while_the_guard_is_on() {
    guard.install(GuardMode.RECORD);

    changeBySql();

    assertThat(check()).isEqualTo(new Drift(3, 0, 0, 0, List.of()));
    assertThat(reconcile()).isEqualTo(new Reconciled(false, 0, 0, 0));
  }

  @Test
  void a_change_by_sql_is_drift_while_the_guard_is_off_and_none_once_reconciled() {
    guard.install(GuardMode.RECORD);
    guard.drop();

    changeBySql();

    assertThat(check())
        .isEqualTo(
            new Drift(
                4,
                1,
                1,
                1,
                List.of(
                    new DriftedObject("a", Kind.DIFFERENT, List.of("owners", "title")),
                    new DriftedObject("b", Kind.MISSING, List.of()),
                    new DriftedObject("d", Kind.EXTRA, List.of()))));
    assertThat(reconcile()).isEqualTo(new Reconciled(false, 1, 1, 1));
    assertThat(check()).isEqualTo(new Drift(3, 0, 0, 0, List.of()));
  }

  @Test
  void what_drifted_before_is_reconciled_under_the_guard_and_the_guard_goes_on() {
    changeBySql();
    guard.install(GuardMode.RECORD);

    assertThat(reconcile()).isEqualTo(new Reconciled(false, 1, 1, 1));
    database.execute("update painting set number = 9 where id in ('a', 'd')");

    assertThat(check()).isEqualTo(new Drift(3, 0, 0, 0, List.of()));
    assertThat(
            database.rows(
                "select object_id, operation, source from palimpsest.event order by id desc limit 2"))
        .containsExactlyInAnyOrder("a update database", "d update database");
  }

  private void changeBySql() {
    database.execute("update painting set title = 'by SQL' where id = 'a'");
    database.execute("insert into painting_owners values ('a', 'someone', 0)");
    database.execute("delete from painting where id = 'b'");
    database.execute("insert into painting (id, number, weight) values ('d', 1, 0)");
  }

  private Drift check() {
    return driftCheck().check("Painting", "", 10);
  }

  private Reconciled reconcile() {
    return new Reconciler(
            driftCheck(), database.connections(), () -> "system:test", Duration.ofSeconds(20))
        .reconcile("Painting", "repaired", false);
  }

  private DriftCheck driftCheck() {
    Session session = JpaHelper.getServerSession(unit.factory());
    return new DriftCheck(
        database.connections(),
        EclipseLinkModels.of(session),
        model -> EclipseLinkStateSql.rows(session, model),
        borrowed -> new Rebuilder(borrowed, new EventReader(), Duration.ofSeconds(5)));
  }
}
