package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.AuditContext;
import io.github.palimpsest.Drift;
import io.github.palimpsest.DriftedObject;
import io.github.palimpsest.DriftedObject.Kind;
import io.github.palimpsest.InexpressibleTypeException;
import io.github.palimpsest.Reconciled;
import io.github.palimpsest.UnknownTypeException;
import io.github.palimpsest.event.ContentTypes;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.event.EventWriter;
import io.github.palimpsest.event.NewEvent;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.Provenance;
import io.github.palimpsest.event.Source;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.guard.DriftCheck;
import io.github.palimpsest.guard.Reconciler;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.snapshot.Snapshotter;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.Upcasters;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.LiveStates;
import io.github.palimpsest.testing.TestDatabase;
import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

abstract class DriftConformance {
  private static final int OBJECTS = 120;
  private static final Drift NONE = new Drift(OBJECTS, 0, 0, 0, List.of());

  private final JpaProvider provider;
  private TestUnit unit;
  private TestDatabase database;
  private EntityModels models;

  DriftConformance(JpaProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void open() {
    unit = TestUnit.open(provider, "kinds", Artist.TABLE);
    database = unit.database();
    models = provider.models(unit.factory());
  }

  @AfterEach
  void close() {
    unit.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void by_sql_is_found_exactly_and_reconciled_exactly(long seed) {
    paint();
    assertThat(check("Painting")).isEqualTo(NONE);
    Map<String, DriftedObject> expected = damage(new Random(seed));

    Drift drift = check("Painting");

    assertThat(drift.objects()).containsExactlyElementsOf(expected.values());
    assertThat(drift.drifted()).isEqualTo(expected.size());
    assertThat(reconcile("Painting", true))
        .isEqualTo(new Reconciled(true, drift.missing(), drift.extra(), drift.different()));
    assertThat(events("source = 'database'")).isZero();
    assertThat(reconcile("Painting", false))
        .isEqualTo(new Reconciled(false, drift.missing(), drift.extra(), drift.different()));
    assertThat(check("Painting").drifted()).isZero();
    assertThat(live().differences(rebuilder().all("Painting", rebuilder().settled(null), "")))
        .isEmpty();
    assertThat(events("source = 'database'")).isEqualTo(expected.size());
    assertThat(reconcile("Painting", false)).isEqualTo(new Reconciled(false, 0, 0, 0));
    assertThat(events("source = 'database'")).isEqualTo(expected.size());
  }

  @Test
  void is_reconciled_with_the_values_that_differ_and_who_and_why() throws Exception {
    unit.commit(em -> em.persist(new Painting("changed")));
    unit.commit(em -> em.persist(new Painting("gone")));
    unit.commit(em -> em.persist(new Painting("back")));
    unit.commit(em -> em.remove(em.find(Painting.class, "back")));
    database.execute("update painting set title = 'by SQL', number = 5 where id = 'changed'");
    database.execute("delete from painting where id = 'gone'");
    database.execute("insert into painting (id, number, weight) values ('back', 1, 0)");
    database.execute("insert into painting (id, number, weight) values ('new', 2, 0)");

    AuditContext.call("ada", "another reason", () -> reconcile("Painting", false));

    assertThat(
            database.rows(
                """
                select object_id, operation, actor, reason, body->>'title', body->>'number',
                  (select count(*) from jsonb_object_keys(body))
                from palimpsest.event where source = 'database' order by object_id collate "C"
                """))
        .containsExactly(
            "back persist ada repaired null 1 21",
            "changed update ada repaired by SQL 5 2",
            "gone remove ada repaired null null 0",
            "new baseline ada repaired null 2 21");
  }

  @Test
  void of_the_version_alone_is_none() {
    long id = unit.call(em -> persisted(em, new Artist("Leonardo"))).id();
    database.execute("update artist set version = version + 7");
    assertThat(check("Artist").drifted()).isZero();

    database.execute("update artist set name = 'other'");

    assertThat(check("Artist").objects())
        .containsExactly(
            new DriftedObject(Long.toString(id), Kind.DIFFERENT, List.of("name", "version")));
  }

  @Test
  void of_what_is_not_audited_is_none() {
    unit.commit(em -> em.persist(new Artist("Leonardo")));
    database.execute("update artist set telephone = '1'");

    assertThat(check("Artist").drifted()).isZero();
  }

  @Test
  void of_a_number_of_another_scale_is_none() {
    unit.commit(em -> em.persist(new Painting("x")));
    database.execute("alter table painting alter price type numeric(19, 2)");
    database.execute("update painting set price = 1.50");
    reconcile("Painting", false);

    database.execute("alter table painting alter price type numeric(19, 4)");

    assertThat(database.rows("select price from painting")).containsExactly("1.5000");
    assertThat(check("Painting").drifted()).isZero();
  }

  @Test
  void of_a_history_that_began_with_an_update_ends_with_a_baseline() {
    database.execute("insert into ticket (id, seat) values (7, 'A1')");
    ContentTypes types = new ContentTypes();
    database
        .connections()
        .call(
            connection -> {
              types.register(
                  connection, List.of(models.of("ticket").orElseThrow().asContentType()));
              new EventWriter(types)
                  .append(
                      connection,
                      List.of(
                          new NewEvent(
                              new StreamId("ticket", "7"),
                              Operation.UPDATE,
                              null,
                              Source.JPA,
                              3,
                              "{\"seat\":\"A1\"}")),
                      new Provenance("ada", null, null));
              return true;
            });

    assertThat(check("ticket").objects())
        .containsExactly(new DriftedObject("7", Kind.DIFFERENT, List.of("id")));
    assertThat(reconcile("ticket", false)).isEqualTo(new Reconciled(false, 0, 0, 1));
    assertThat(database.rows("select operation, body from palimpsest.event order by id"))
        .containsExactly("update {\"seat\": \"A1\"}", "baseline {\"id\": 7, \"seat\": \"A1\"}");
  }

  @Test
  void is_told_in_pages_in_the_order_of_code_points() {
    List<String> ids = List.of("A", "a", "Ä", "\ue000", "\uffff", "😀", "😁");
    ids.forEach(id -> unit.commit(em -> em.persist(new Painting(id))));
    assertThat(check("Painting").drifted()).isZero();
    database.execute("update painting set number = 9 where id <> 'a'");
    database.execute("delete from painting where id = '😀'");
    database.execute("insert into painting (id, number, weight) values ('B', 1, 0)");

    Drift first = check("Painting", "", 3);
    Drift second = check("Painting", first.objects().get(2).objectId(), 3);
    Drift third = check("Painting", second.objects().get(2).objectId(), 3);

    assertThat(first.drifted()).isEqualTo(7);
    assertThat(second.drifted()).isEqualTo(4);
    assertThat(
            IntStream.range(0, 3)
                .mapToObj(i -> List.of(first, second, third).get(i))
                .flatMap(page -> page.objects().stream())
                .map(object -> object.objectId() + object.kind()))
        .containsExactly(
            "ADIFFERENT",
            "BEXTRA",
            "ÄDIFFERENT",
            "\ue000DIFFERENT",
            "\uffffDIFFERENT",
            "😀MISSING",
            "😁DIFFERENT");
  }

  @Test
  void is_none_while_others_write_through_capture() {
    paint();
    AtomicBoolean isOver = new AtomicBoolean();
    List<CompletableFuture<Integer>> writers = writers(isOver);
    Snapshotter snapshotter =
        new Snapshotter(database.connections(), new EventReader(), type -> 2, Upcasters.none());

    List<Drift> drifts = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      drifts.add(check("Painting"));
      snapshotter.takeDue();
    }
    isOver.set(true);

    assertThat(writers).allMatch(writer -> writer.join() > 20);
    assertThat(drifts).allMatch(drift -> drift.drifted() == 0 && drift.compared() > 50);
  }

  @Test
  void is_reconciled_once_while_others_write_and_reconcile() {
    paint();
    AtomicBoolean isOver = new AtomicBoolean();
    List<CompletableFuture<Integer>> writers = writers(isOver);
    database.execute(
        """
        insert into painting (id, title, number, weight, code)
        select 's' || i, 'by SQL', i, 0, gen_random_uuid() from generate_series(1, 700) i
        """);

    List<CompletableFuture<Reconciled>> reconcilers =
        IntStream.range(0, 3)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> reconcile("Painting", false)))
            .toList();
    long extra = reconcilers.stream().mapToLong(each -> each.join().extra()).sum();
    isOver.set(true);

    assertThat(writers).allMatch(writer -> writer.join() > 5);
    assertThat(extra).isEqualTo(700);
    assertThat(events("source = 'database'")).isEqualTo(700);
    assertThat(check("Painting").drifted()).isZero();
  }

  @Test
  void of_an_unknown_type_is_refused() {
    assertThatThrownBy(() -> check("Nothing")).isInstanceOf(UnknownTypeException.class);
    assertThatThrownBy(() -> reconcile("Nothing", false)).isInstanceOf(UnknownTypeException.class);
  }

  @Test
  void of_rows_that_cannot_be_read_is_refused() {
    DriftCheck check =
        new DriftCheck(
            database.connections(),
            models,
            model -> {
              throw new IllegalArgumentException("attribute x");
            },
            borrowed -> rebuilder());

    assertThatThrownBy(() -> check.check("ticket", "", 1))
        .isInstanceOf(InexpressibleTypeException.class)
        .hasMessage("The rows of ticket cannot be read as states: attribute x.");
  }

  private void paint() {
    unit.commit(
        em -> {
          for (int i = 0; i < OBJECTS; i++) {
            Painting painting = new Painting("p" + i);
            em.persist(painting);
            painting.title = "title " + i;
            painting.number = i;
            painting.owners.addAll(List.of("a", "b"));
            painting.layers.add(Painting.Technique.OIL);
            painting.titles.put("en", "title");
            painting.labels.add(new Label("x", "y"));
            painting.tickets.add(persisted(em, new Ticket("A" + i)));
          }
        });
  }

  /** Damages some objects, each in one way, and returns what is to be found. */
  private Map<String, DriftedObject> damage(Random random) {
    Map<String, DriftedObject> expected = new TreeMap<>();
    for (int i = 0; i < OBJECTS; i += 1 + random.nextInt(3)) {
      String id = "p" + i;
      DriftedObject drift =
          switch (random.nextInt(9)) {
            case 0 -> gone(id);
            case 1 -> extra("q" + i);
            case 2 -> different(id, "title = 'x', price = 7, bought = null", "price", "title");
            case 3 -> different(id, "technique = 1, visit = 5", "technique", "visit");
            case 4 ->
                collection(
                    id,
                    "owners",
                    "insert into painting_owners (painting_id, owners, owners_order) values ('%s', 'c', 2)");
            case 5 ->
                collection(
                    id,
                    "owners",
                    "update painting_owners set owners = 'z' where painting_id = '%s' and owners_order = 1");
            case 6 ->
                collection(id, "layers", "delete from painting_layers where painting_id = '%s'");
            case 7 ->
                collection(id, "tickets", "delete from painting_ticket where painting_id = '%s'");
            default ->
                collection(
                    id,
                    "titles",
                    "update painting_titles set titles = 'x' where painting_id = '%s'");
          };
      expected.put(drift.objectId(), drift);
    }
    return expected;
  }

  private DriftedObject gone(String id) {
    for (String table : List.of("owners", "layers", "titles", "labels", "ticket")) {
      database.execute("delete from painting_%s where painting_id = '%s'".formatted(table, id));
    }
    database.execute("delete from painting where id = '%s'".formatted(id));
    return new DriftedObject(id, Kind.MISSING, List.of());
  }

  private DriftedObject extra(String id) {
    database.execute(
        "insert into painting (id, title, number, weight) values ('%s', 'x', 1, 2)".formatted(id));
    database.execute(
        "insert into painting_owners (painting_id, owners, owners_order) values ('%s', 'x', 0)"
            .formatted(id));
    return new DriftedObject(id, Kind.EXTRA, List.of());
  }

  private DriftedObject different(String id, String set, String... attributes) {
    database.execute("update painting set %s where id = '%s'".formatted(set, id));
    return new DriftedObject(id, Kind.DIFFERENT, List.of(attributes));
  }

  private DriftedObject collection(String id, String attribute, String sql) {
    database.execute(sql.formatted(id));
    return new DriftedObject(id, Kind.DIFFERENT, List.of(attribute));
  }

  private List<CompletableFuture<Integer>> writers(AtomicBoolean isOver) {
    PaintingWriter writer = new PaintingWriter(unit, OBJECTS, "p%d");
    return IntStream.range(0, 2)
        .mapToObj(parity -> CompletableFuture.supplyAsync(() -> writer.write(isOver, parity)))
        .toList();
  }

  private long events(String condition) {
    return Long.parseLong(
        database.rows("select count(*) from palimpsest.event where " + condition).get(0));
  }

  private Drift check(String contentType) {
    return check(contentType, "", 1000);
  }

  private Drift check(String contentType, String after, int limit) {
    return driftCheck().check(contentType, after, limit);
  }

  private Reconciled reconcile(String contentType, boolean dryRun) {
    return new Reconciler(
            driftCheck(), database.connections(), () -> "system:test", Duration.ofSeconds(20))
        .reconcile(contentType, "repaired", dryRun);
  }

  private DriftCheck driftCheck() {
    return new DriftCheck(
        database.connections(),
        models,
        model -> provider.rows(unit.factory(), model),
        borrowed -> new Rebuilder(borrowed, new EventReader(), Duration.ofSeconds(5)));
  }

  private Rebuilder rebuilder() {
    return new Rebuilder(database.connections(), new EventReader(), Duration.ofSeconds(5));
  }

  private LiveStates live() {
    return LiveStates.read(
        database, provider.sql(unit.factory(), models.of("Painting").orElseThrow()).asRows());
  }

  private static <T> T persisted(EntityManager em, T entity) {
    em.persist(entity);
    return entity;
  }
}
