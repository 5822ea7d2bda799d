package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.AuditContext;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.guard.Guard;
import io.github.palimpsest.guard.GuardMode;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.LiveStates;
import io.github.palimpsest.testing.TestDatabase;
import io.github.palimpsest.testing.TestGuard;
import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

abstract class GuardConformance {
  private static final String EVENTS =
      "select object_id, operation, source, body from palimpsest.event where id > %d order by id";

  private final JpaProvider provider;
  private TestUnit unit;
  private TestDatabase database;
  private EntityModels models;
  private Guard guard;

  GuardConformance(JpaProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void open() {
    unit = TestUnit.open(provider, "kinds", Artist.TABLE);
    database = unit.database();
    models = provider.models(unit.factory());
    guard = TestGuard.of(provider, unit, model -> true);
    assertThat(guard.install(GuardMode.RECORD).isComplete()).isTrue();
  }

  @AfterEach
  void close() {
    unit.close();
  }

  @Nested
  class A_change_through_JPA {
    @Test
    void is_recorded_once() {
      String id = persisted();

      update(id, painting -> painting.title = "new");
      update(id, painting -> painting.owners.add("someone"));
      unit.commit(em -> em.remove(find(em, id)));

      assertThat(database.rows("select operation, source from palimpsest.event order by id"))
          .containsExactly("persist jpa", "update jpa", "update jpa", "remove jpa");
    }

    @Test
    void of_one_row_is_settled_without_the_check() throws SQLException {
      refuseChecks();

      unit.commit(em -> em.persist(new Ticket("A1")));
      unit.commit(em -> ticket(em).seat = "A2");
      unit.commit(em -> em.remove(ticket(em)));

      assertThat(database.rows("select operation, source from palimpsest.event order by id"))
          .containsExactly("persist jpa", "update jpa", "remove jpa");
      assertNoDifference();
      assertThatThrownBy(() -> database.execute("insert into ticket (id, seat) values (7, 'A1')"))
          .hasMessageContaining("checked");
    }

    private void refuseChecks() throws SQLException {
      try (Connection owner = database.connectAsOwner();
          Statement statement = owner.createStatement()) {
        statement.execute(
            """
            create function palimpsest.refuse_check() returns trigger language plpgsql as $$
              begin raise exception 'checked'; end $$;
            create trigger refuse_check before insert on palimpsest.guard_transaction
              for each row execute function palimpsest.refuse_check()
            """);
      }
    }

    private static Ticket ticket(EntityManager em) {
      return em.createQuery("select t from Ticket t", Ticket.class).getSingleResult();
    }
  }

  @Nested
  class A_change_by_SQL {
    @Test
    void of_a_column_is_recorded_as_an_update() {
      String id = persisted();
      long before = last();

      database.execute("update painting set title = 'by hand'");

      assertThat(events(before)).containsExactly(id + " update database {\"title\": \"by hand\"}");
      assertThat(database.rows("select actor from palimpsest.event order by id desc limit 1"))
          .containsExactly("database:" + database.login().user());
      assertNoDifference();
    }

    @Test
    void that_leaves_the_row_as_it_was_is_not_recorded() {
      persisted();
      long before = last();

      database.execute("update painting set title = title, number = number + 0");
      database.execute(
          "begin; update painting set number = 9; update painting set number = 0; commit");

      assertThat(events(before)).isEmpty();
    }

    @Test
    void that_was_checked_before_the_commit_counts_for_later_checks() {
      long before = last();

      database.execute(
          """
          begin; set constraints all immediate; insert into ticket (id, seat) values (7, 'A1');
          update ticket set seat = 'A2'; update ticket set seat = 'A3'; commit
          """);

      assertThat(events(before))
          .containsExactly(
              "7 persist database {\"id\": 7, \"seat\": \"A1\"}",
              "7 update database {\"seat\": \"A2\"}",
              "7 update database {\"seat\": \"A3\"}");
    }

    @Test
    void is_recorded_however_the_session_writes_instants() {
      long before = last();

      database.execute(
          """
          begin; set local datestyle = 'SQL, DMY'; set local timezone = 'America/New_York';
          set constraints all immediate; insert into ticket (id, seat) values (7, 'A1');
          update ticket set seat = 'A2'; commit
          """);

      assertThat(events(before))
          .containsExactly(
              "7 persist database {\"id\": 7, \"seat\": \"A1\"}",
              "7 update database {\"seat\": \"A2\"}");
    }

    @Test
    void of_a_collection_is_recorded_with_the_owner() {
      String id = persisted();
      long before = last();

      database.execute(
          "insert into painting_owners (painting_id, owners, owners_order) values ('%s', 'by hand', 0)"
              .formatted(id));
      database.execute("update painting_owners set owners = 'other'");
      database.execute("truncate painting_owners");

      assertThat(events(before))
          .containsExactly(
              id + " update database {\"owners\": [\"by hand\"]}",
              id + " update database {\"owners\": [\"other\"]}",
              id + " update database {\"owners\": []}");
      assertNoDifference();
    }

    @Test
    void of_rows_that_come_and_go_is_recorded() {
      long before = last();

      database.execute("insert into ticket (id, seat) values (7, 'A1')");
      database.execute("update ticket set id = 8");
      database.execute("delete from ticket");
      database.execute("insert into ticket (id, seat) values (8, 'B1')");
      database.execute("truncate ticket cascade");

      assertThat(events(before))
          .containsExactly(
              "7 persist database {\"id\": 7, \"seat\": \"A1\"}",
              "7 remove database {}",
              "8 persist database {\"id\": 8, \"seat\": \"A1\"}",
              "8 remove database {}",
              "8 persist database {\"id\": 8, \"seat\": \"B1\"}",
              "8 remove database {}");
    }

    @Test
    void of_a_row_without_history_is_recorded_as_its_baseline() {
      guard.drop();
      database.execute("insert into ticket (id, seat) values (7, 'A1')");
      guard.install(GuardMode.RECORD);
      long before = last();

      database.execute("update ticket set seat = 'B2'");

      assertThat(events(before))
          .containsExactly("7 baseline database {\"id\": 7, \"seat\": \"B2\"}");
    }

    @Test
    void that_rolls_back_leaves_no_event() throws SQLException {
      persisted();
      long before = last();

      try (Connection connection = database.connect();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("update painting set title = 'lost'");
        connection.rollback();
        statement.execute("savepoint s");
        statement.execute("update painting set title = 'lost'");
        statement.execute("rollback to s");
        statement.execute("update painting set number = 5");
        connection.commit();
      }

      assertThat(events(before)).singleElement().asString().contains("{\"number\": 5}");
    }

    @Test
    void names_who_and_why_if_the_transaction_says_so() {
      persisted();

      database.execute(
          "begin; select palimpsest.act('ada', 'year end'); update painting set number = 5; commit");
      database.execute("update painting set number = 6");

      assertThat(
              database.rows("select actor, reason from palimpsest.event order by id desc limit 2"))
          .containsExactly("database:" + database.login().user() + " null", "ada year end");
    }
  }

  @Nested
  class A_transaction_that_does_both {
    @Test
    void records_what_capture_does_not_account_for_with_its_stamp_and_provenance()
        throws Exception {
      String id = persisted();
      long before = last();

      AuditContext.call(
          "ada",
          "both",
          () -> {
            unit.commit(
                em -> {
                  find(em, id).title = "by jpa";
                  em.flush();
                  em.createNativeQuery("update painting set title = 'by sql', number = 7")
                      .executeUpdate();
                  em.createNativeQuery("insert into ticket (id, seat) values (99, 'Z')")
                      .executeUpdate();
                });
            return null;
          });

      assertThat(events(before))
          .containsExactly(
              id + " update jpa {\"title\": \"by jpa\"}",
              id + " update database {\"title\": \"by sql\", \"number\": 7}",
              "99 persist database {\"id\": 99, \"seat\": \"Z\"}");
      assertThat(
              database.rows(
                  "select distinct time_created, transaction_id, actor, reason from palimpsest.event where id > "
                      + before))
          .singleElement()
          .asString()
          .endsWith("ada both");
      assertNoDifference();
    }

    @Test
    void of_an_object_removed_by_one_and_inserted_by_the_other_tells_the_end() {
      String id = persisted();
      long before = last();

      unit.commit(
          em -> {
            em.remove(find(em, id));
            em.flush();
            em.createNativeQuery(
                    "insert into painting (id, title, number, weight, code) values ('%s', 'again', 1, 2, gen_random_uuid())"
                        .formatted(id))
                .executeUpdate();
          });
      unit.commit(
          em -> {
            find(em, id).number = 3;
            em.flush();
            em.createNativeQuery("delete from painting").executeUpdate();
          });

      assertThat(
              database.rows(
                  "select operation, source from palimpsest.event where id > "
                      + before
                      + " order by id"))
          .containsExactly("remove jpa", "persist database", "update jpa", "remove database");
      assertNoDifference();
    }
  }

  @Nested
  class A_rollback_to_a_savepoint {
    @Test
    void does_not_take_back_what_capture_has_heard() {
      String id = persisted();
      long before = last();

      unit.commit(
          em -> {
            em.createNativeQuery("savepoint s").executeUpdate();
            find(em, id).title = "taken back";
            em.flush();
            em.createNativeQuery("rollback to savepoint s").executeUpdate();
          });

      assertThat(database.rows("select title from painting")).containsExactly("null");
      assertThat(events(before)).containsExactly(id + " update jpa {\"title\": \"taken back\"}");
    }
  }

  @Nested
  class A_transaction_of_nothing_but_bulk_statements {
    @Test
    void is_the_callers() throws Exception {
      String id = persisted();
      long before = last();

      AuditContext.call(
          "ada",
          "clean up",
          () -> {
            unit.commit(em -> em.createQuery("update Painting p set p.number = 4").executeUpdate());
            unit.commit(
                em -> em.createNativeQuery("update painting set number = 5").executeUpdate());
            return null;
          });

      assertThat(events(before))
          .containsExactly(
              id + " update database {\"number\": 4}", id + " update database {\"number\": 5}");
      assertThat(
              database.rows(
                  "select distinct actor, reason from palimpsest.event where id > " + before))
          .containsExactly("ada clean up");
    }
  }

  @Nested
  class While_capture_is_paused {
    @Test
    void nothing_is_recorded_but_the_pause() throws Exception {
      String id = persisted();
      long before = last();

      AuditContext.withoutCapture(
          "import",
          () -> {
            update(id, painting -> painting.title = "new");
            unit.commit(
                em -> em.createNativeQuery("update painting set number = 5").executeUpdate());
            return null;
          });

      assertThat(database.rows("select type, reason from palimpsest.event where id > " + before))
          .containsExactly("paused_capture import", "paused_capture import");
    }

    @Test
    void a_setting_alone_pauses_nothing() {
      String id = persisted();
      long before = last();

      database.execute(
          "begin; select set_config('palimpsest.paused', 'true', true); update painting set number = 5; commit");

      assertThat(events(before)).containsExactly(id + " update database {\"number\": 5}");
    }
  }

  @Nested
  class In_strict_mode {
    @Test
    void a_change_past_JPA_is_refused_and_one_through_it_is_not() {
      guard.install(GuardMode.STRICT);
      String id = persisted();
      long before = last();

      assertThatThrownBy(() -> database.execute("update painting set title = 'by hand'"))
          .hasMessageContaining(
              "palimpsest: 1 changes of Painting past JPA are refused, of object %s first"
                  .formatted(id));
      assertThat(events(before)).isEmpty();
      assertThat(database.rows("select title from painting")).containsExactly("null");
    }
  }

  @Nested
  class A_trigger_function {
    /** The application's role owns a type and its cast, and lets the function run it. */
    private static final String FORGE =
        """
        create type forged as (number bigint);
        create function forge(forged) returns text language plpgsql as $$
        begin
          alter table palimpsest.event disable trigger refuse_change;
          return '7';
        end $$;
        create cast (forged as text) with function forge(forged);
        create %s table %s (id forged, seat text);
        create trigger forge after insert on %2$s referencing new table as new_rows
          for each statement execute function %s();
        insert into %2$s (id) values (row(7))
        """;

    @Test
    void runs_for_no_other_table_that_its_role_makes() {
      for (String kind : List.of("temporary", "unlogged")) {
        assertThatThrownBy(
                () -> database.execute(FORGE.formatted(kind, "forgery", functionOf("ticket"))))
            .hasMessageContaining("palimpsest: a trigger function of public.ticket fired for");
      }

      assertEventsAreKept();
      database.execute("insert into ticket (id, seat) values (8, 'A1')");
      assertThat(events(0)).containsExactly("8 persist database {\"id\": 8, \"seat\": \"A1\"}");
    }

    @Test
    void finds_no_operator_of_the_applications_schemas() {
      persisted();
      database.execute(
          """
          create function forge(character varying, character varying) returns boolean
            language plpgsql as $$ begin raise exception 'foreign'; end $$;
          create operator = (function = forge, leftarg = varchar, rightarg = varchar, hashes)
          """);

      database.execute("begin; update painting set title = 'by hand'; rollback");

      assertThat(database.rows("select title from painting")).containsExactly("null");
    }

    @Test
    void fires_for_a_role_that_may_not_call_it() throws SQLException {
      assertThat(
              database.rows(
                  """
                  select oid::regprocedure from pg_proc
                   where pronamespace = 'palimpsest'::regnamespace and prosecdef
                     and proname like 'guard%' and has_function_privilege('public', oid, 'execute')
                  """))
          .isEmpty();
      try (Connection owner = database.connectAsOwner();
          Statement statement = owner.createStatement()) {
        statement.execute(
            "revoke all on function %s() from %s"
                .formatted(functionOf("ticket"), database.login().user()));
      }

      database.execute("insert into ticket (id, seat) values (8, 'A1')");

      assertThat(events(0)).containsExactly("8 persist database {\"id\": 8, \"seat\": \"A1\"}");
    }

    private String functionOf(String table) {
      return database
          .rows(
              "select tgfoid::regproc from pg_trigger where tgname = 'palimpsest_insert' and tgrelid = '%s'::regclass"
                  .formatted(table))
          .get(0);
    }

    private void assertEventsAreKept() {
      assertThat(
              database.ownerRows(
                  "select tgenabled from pg_trigger where tgname = 'refuse_change' and tgrelid = 'palimpsest.event'::regclass"))
          .containsExactly("A");
    }
  }

  @Nested
  class Installing {
    @Test
    void again_changes_nothing() {
      List<String> before = triggers();

      guard.install(GuardMode.RECORD);

      assertThat(triggers()).isEqualTo(before).isNotEmpty();
    }

    @Test
    void repairs_what_the_report_tells() {
      database.execute("alter table ticket disable trigger palimpsest_update");
      database.execute("drop trigger palimpsest_delete on painting");

      assertThat(guard.report(GuardMode.RECORD).types())
          .filteredOn(type -> !type.problems().isEmpty())
          .extracting(type -> type.contentType() + type.problems())
          .containsExactly(
              "Painting[palimpsest_delete on public.painting is missing]",
              "ticket[palimpsest_update on public.ticket is disabled]");
      assertThat(guard.report(GuardMode.STRICT).types())
          .allSatisfy(type -> assertThat(type.problems()).asString().contains("guard_check_"));

      guard.install(GuardMode.RECORD);

      assertThat(guard.report(GuardMode.RECORD).isComplete()).isTrue();
    }

    @Test
    void repairs_the_tables_that_note_what_was_touched() throws SQLException {
      String ofTicket = touchTable("ticket");
      String ofArtist = touchTable("artist");
      try (Connection owner = database.connectAsOwner();
          Statement statement = owner.createStatement()) {
        statement.execute("alter table %s disable trigger guard_settle".formatted(ofTicket));
        statement.execute("drop table " + ofArtist);
      }

      assertThat(guard.report(GuardMode.RECORD).types())
          .filteredOn(type -> !type.problems().isEmpty())
          .extracting(type -> type.contentType() + type.problems())
          .containsExactly(
              "Artist[table %s is missing, different or does not fire]"
                  .formatted(ofArtist.substring("palimpsest.".length())),
              "ticket[table %s is missing, different or does not fire]"
                  .formatted(ofTicket.substring("palimpsest.".length())));

      guard.install(GuardMode.RECORD);

      assertThat(guard.report(GuardMode.RECORD).isComplete()).isTrue();
      database.execute("insert into ticket (id, seat) values (7, 'A1')");
      assertThat(events(0)).containsExactly("7 persist database {\"id\": 7, \"seat\": \"A1\"}");
    }

    private String touchTable(String table) {
      return database
          .rows(
              "select oid::regclass from pg_class where obj_description(oid, 'pg_class') like 'Touched objects of public.%s in %%'"
                  .formatted(table))
          .get(0);
    }

    @Test
    void drops_what_is_no_longer_guarded_and_dropping_drops_all() {
      Guard less = TestGuard.of(provider, unit, model -> model.contentType().equals("ticket"));

      assertThat(less.report(GuardMode.RECORD).surplus()).isNotEmpty();
      assertThat(less.install(GuardMode.RECORD).isComplete()).isTrue();
      assertThat(triggers()).allMatch(trigger -> trigger.startsWith("ticket "));

      guard.drop();

      assertThat(triggers()).isEmpty();
      assertThat(touchTables()).containsExactly("palimpsest.guard_touch");
      database.execute("insert into ticket (id, seat) values (7, 'A1')");
      assertThat(database.rows("select count(*) from palimpsest.event")).containsExactly("0");
    }
  }

  private List<String> triggers() {
    return database.rows(
        "select tgrelid::regclass, tgname, oid from pg_trigger where tgname like 'palimpsest%' order by 1, 2");
  }

  private String persisted() {
    unit.commit(em -> em.persist(new Painting("p1")));
    return "p1";
  }

  private void update(String id, Consumer<Painting> change) {
    unit.commit(em -> change.accept(find(em, id)));
  }

  private static Painting find(EntityManager em, String id) {
    return Objects.requireNonNull(em.find(Painting.class, id));
  }

  private long last() {
    return Long.parseLong(
        database.rows("select coalesce(max(id), 0) from palimpsest.event").get(0));
  }

  private List<String> events(long after) {
    return database.rows(EVENTS.formatted(after));
  }

  private void assertNoDifference() {
    Rebuilder rebuilder =
        new Rebuilder(database.connections(), new EventReader(), Duration.ofSeconds(5));
    for (String type : List.of("Painting", "ticket", "Artist")) {
      LiveStates live =
          LiveStates.read(
              database, provider.sql(unit.factory(), models.of(type).orElseThrow()).asRows());
      assertThat(live.differences(rebuilder.all(type, rebuilder.settled(null), ""))).isEmpty();
    }
    assertThat(touchTables())
        .hasSizeGreaterThan(1)
        .allSatisfy(
            table -> assertThat(database.ownerRows("select * from " + table)).as(table).isEmpty());
  }

  private List<String> touchTables() {
    return database.rows(
        """
        select oid::regclass from pg_class
         where relnamespace = 'palimpsest'::regnamespace and relkind = 'r' and relname ~ '^guard_touch'
        """);
  }
}
