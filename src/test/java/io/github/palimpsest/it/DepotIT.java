package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.run.Login;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An application with two persistence units that change in one transaction: once on one data
 * source, once each in a database of its own; and the same with one of the units on Hibernate.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class DepotIT {
  private static final int THREADS = 8;
  private static final int CALLS = 60;

  private final Http worker = Http.nobody().as("worker");
  private final Http reader = Http.nobody().as("audit-reader");
  private final Http admin = Http.nobody().as("audit-admin");

  @Deployment(name = "depot", testable = false)
  static WebArchive depot() {
    return Adopter.of("depot", "com.example.depot")
        .withLiquibase()
        .dataSource("depot", database("depot"))
        .unit("stock", "depot", classes("Shelf"))
        .unit("ledger", "depot", classes("Entry"))
        .configured("palimpsest.entities=Shelf,Entry")
        .war();
  }

  @Deployment(name = "depots", testable = false)
  static WebArchive depots() {
    String distributed = "org.postgresql.xa.PGXADataSource";
    return Adopter.of("depots", "com.example.depot")
        .withLiquibase()
        .dataSource("stock", distributed, database("depotstock"))
        .dataSource("ledger", distributed, database("depotledger"))
        .unit("stock", "stock", classes("Shelf"))
        .unit("ledger", "ledger", classes("Entry"))
        .configured("palimpsest.entities=all")
        .war();
  }

  @Deployment(name = "mixed", testable = false)
  static WebArchive mixed() {
    return Adopter.of("mixed", "com.example.depot")
        .withLiquibase()
        .withHibernate()
        .dataSource("depot", database("mixed"))
        .hibernateUnit("stock", "depot", only("Shelf"))
        .unit("ledger", "depot", classes("Entry"))
        .configured("palimpsest.entities=Shelf,Entry")
        .war();
  }

  @Deployment(name = "mixeds", testable = false)
  static WebArchive mixeds() {
    String distributed = "org.postgresql.xa.PGXADataSource";
    return Adopter.of("mixeds", "com.example.depot")
        .withLiquibase()
        .withHibernate()
        .dataSource("stock", distributed, database("mixedstock"))
        .dataSource("ledger", distributed, database("mixedledger"))
        .hibernateUnit("stock", "stock", only("Shelf"))
        .unit("ledger", "ledger", classes("Entry"))
        .configured("palimpsest.entities=all")
        .war();
  }

  private static Login database(String name) {
    return SharedPayara.ownDatabase(name);
  }

  private static String classes(String entity) {
    return """
        <mapping-file>META-INF/palimpsest-orm.xml</mapping-file>
        %s
        """
        .formatted(only(entity));
  }

  private static String only(String entity) {
    return """
        <class>com.example.depot.%s</class>
        <exclude-unlisted-classes>true</exclude-unlisted-classes>
        <shared-cache-mode>NONE</shared-cache-mode>
        """
        .formatted(entity);
  }

  private static Database stock(String depot) {
    return database(depot, "stock");
  }

  private static Database ledger(String depot) {
    return database(depot, "ledger");
  }

  /** One that is named in the plural has two data sources. */
  private static Database database(String depot, String unit) {
    String name = depot.substring(1);
    String several = name.substring(0, name.length() - 1) + unit;
    return new Database(database(name.endsWith("s") ? several : name), false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/depot", "/depots", "/mixed", "/mixeds"})
  void each_unit_has_its_history(String depot) {
    create(depot, 1000);
    put(depot, 1000, 1000, 7).expect(204);

    for (String type : List.of("Shelf", "Entry")) {
      String path = depot + "/audit/types/" + type;
      assertThat(
              reader.get(path + "/1000").expect(200).json().getJsonObject("state").getInt("amount"))
          .isEqualTo(7);
      assertThat(reader.get(path + "/1000/events").expect(200).items()).hasSize(2);
      assertThat(reader.get(path).expect(200).items()).isNotEmpty();
      admin.post(path + "/baseline", "{\"reason\":\"begin\"}").expect(200);
    }
    assertThat(reader.get(depot + "/audit/types").expect(200).items())
        .extracting(type -> type.getString("type"))
        .containsExactly("Entry", "Shelf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/depot", "/depots", "/mixed", "/mixeds"})
  void each_unit_is_restored(String depot) {
    create(depot, 2000);
    String asOf =
        reader
            .get(depot + "/audit/types/Shelf/2000/attributes")
            .expect(200)
            .json()
            .getString("asOf");
    put(depot, 2000, 2000, 9).expect(204);

    admin.post(depot + "/audit/types/Entry/2000/restore", restore(asOf)).expect(200);

    assertThat(stock(depot).number("select amount from shelf where id = 2000")).isEqualTo(9);
    assertThat(ledger(depot).number("select amount from entry where id = 2000")).isZero();
    admin.post(depot + "/audit/types/Shelf/2000/restore", restore(asOf)).expect(200);
    assertThat(stock(depot).number("select amount from shelf where id = 2000")).isZero();
  }

  private static String restore(String asOf) {
    return "{\"asOf\":\"%s\",\"reason\":\"wrong\"}".formatted(asOf);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/depot", "/depots", "/mixed", "/mixeds"})
  void what_fails_leaves_no_event_in_either(String depot) {
    create(depot, 3000);

    worker.post(depot + "/depot/put?shelf=3000&entry=3000&amount=5&fail=true", "").expect(500);

    for (String type : List.of("Shelf", "Entry")) {
      assertThat(
              reader.get(depot + "/audit/types/%s/3000/events".formatted(type)).expect(200).items())
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/depots", "/mixeds"})
  void while_the_events_of_one_unit_cannot_be_written_neither_changes(String depots) {
    create(depots, 4000);
    Database ledger = ledger(depots);
    ledger.execute(
        "alter table palimpsest.event add constraint refuse check (object_id <> '4000') not valid");
    try {
      put(depots, 4000, 4000, 5).expect(500);
    } finally {
      ledger.execute("alter table palimpsest.event drop constraint refuse");
    }

    assertThat(stock(depots).number("select amount from shelf where id = 4000")).isZero();
    assertThat(ledger.number("select amount from entry where id = 4000")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/depot", "/mixed"})
  void on_one_data_source_a_transaction_has_one_instant(String depot) {
    create(depot, 5000);
    put(depot, 5000, 5000, 5).expect(204);

    assertThat(
            stock(depot)
                .rows(
                    "select count(*) || ' ' || count(distinct time_created) from palimpsest.event"
                        + " where object_id = '5000' group by transaction_id",
                    row -> row.getString(1)))
        .containsExactly("2 1", "2 1");
  }

  @Test
  void the_feed_is_of_one_database_that_a_type_names() {
    create("/depots", 6000);

    for (String type : List.of("Shelf", "Entry")) {
      assertThat(reader.get("/depots/audit/events?id=6000&type=" + type).expect(200).items())
          .hasSize(1);
    }
    for (String query : List.of("", "?type=Shelf&type=Entry")) {
      assertThat(
              reader
                  .get("/depots/audit/events" + query)
                  .problem(400, "malformed-parameter")
                  .getString("parameter"))
          .isEqualTo("type");
    }
    create("/depot", 6000);
    assertThat(reader.get("/depot/audit/events?type=Shelf&type=Entry").expect(200).items())
        .isNotEmpty();
    assertThat(reader.get("/depot/audit/events").expect(200).items()).isNotEmpty();
  }

  /** Each thread has a shelf of its own; entries are few, and locked as late as by the commit. */
  @ParameterizedTest
  @ValueSource(strings = {"/depot", "/depots", "/mixed", "/mixeds"})
  void under_load_every_change_is_recorded_in_the_order_of_the_locks(String depot) {
    for (long id = 0; id < THREADS; id++) {
      create(depot, id);
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        long shelf = thread;
        all.add(
            CompletableFuture.runAsync(
                () ->
                    LongStream.rangeClosed(1, CALLS)
                        .forEach(
                            call ->
                                put(depot, shelf, call % 2, 1000 * (shelf + 1) + call).expect(204)),
                threads));
      }
      all.forEach(CompletableFuture::join);
    } finally {
      threads.shutdown();
    }

    String under = " and object_id::bigint < " + THREADS;
    for (Database database : List.of(stock(depot), ledger(depot))) {
      assertThat(
              database.number(
                  "select count(*) from (select time_created < lag(time_created) over (partition by"
                      + " content_type_id, object_id order by id) as is_back from palimpsest.event"
                      + " where true"
                      + under
                      + ") e where is_back"))
          .as("events stamped before an earlier one of their object")
          .isZero();
    }
    String updates =
        "select count(*) from palimpsest.event e join palimpsest.content_type c on c.id ="
            + " content_type_id where operation = 'update' and name = ?"
            + under;
    assertThat(stock(depot).number(updates, "Shelf")).isEqualTo(THREADS * CALLS);
    assertThat(ledger(depot).number(updates, "Entry")).isEqualTo(THREADS * CALLS);
    assertThat(
            ledger(depot)
                .number(
                    "select count(*) from entry where id < 2 and amount <> (select"
                        + " (body->>'amount')::bigint from palimpsest.event e join"
                        + " palimpsest.content_type c on c.id = content_type_id and name = 'Entry'"
                        + " where object_id = entry.id::text order by e.id desc limit 1)"))
        .as("rows that are not as their last event says")
        .isZero();
  }

  private void create(String depot, long id) {
    worker.post(depot + "/depot/create?id=" + id, "").expect(204);
  }

  private Answer put(String depot, long shelf, long entry, long amount) {
    return worker.post(
        depot + "/depot/put?shelf=%d&entry=%d&amount=%d".formatted(shelf, entry, amount), "");
  }
}
