package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.guard.Guard;
import io.github.palimpsest.guard.GuardMode;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.state.JsonText;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.LiveStates;
import io.github.palimpsest.testing.TestDatabase;
import io.github.palimpsest.testing.TestGuard;
import io.github.palimpsest.testing.TestUnit;
import jakarta.json.JsonValue;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.eclipse.persistence.exceptions.EclipseLinkException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random operations by JPA, JPQL, SQL, JDBC and a second connection, mixed within transactions. The
 * test notes what each commit left behind, by SQL of its own, and asks the history for it.
 */
abstract class GuardReplayConformance {
  private static final int OPERATIONS = 2_000;
  private static final int IDS = 8;

  /** Written by hand, from the tables. */
  private static final Map<String, String> STATES =
      Map.of(
          "Animal",
          """
          select a.id::text, jsonb_build_object('id', a.id, 'name', a.name, 'sign', a.sign,
              'weight', a.weight, 'mother', %1$s, 'friends', %2$s)
            from animal a where dtype = 'Animal'
          """,
          "Cat",
          """
          select a.id::text, jsonb_build_object('id', a.id, 'name', a.name, 'sign', a.sign,
              'weight', a.weight, 'mother', %1$s, 'friends', %2$s, 'lives', c.lives,
              'cage', case when c.house is not null
                then jsonb_build_object('house', c.house, 'number', c.number) end)
            from animal a join cat c on c.id = a.id where dtype = 'Cat'
          """,
          "Cart",
          """
          select v.id::text, jsonb_build_object('id', v.id, 'name', v.name, 'wheels', v.wheels,
              'visitors', coalesce((%4$s), '[]'))
            from vehicle v where dtype = 'Cart'
          """,
          "Cage",
          """
          select '{"house":' || to_json(c.house) || ',"number":' || c.number || '}',
              jsonb_build_object('id', jsonb_build_object('house', c.house, 'number', c.number),
              'size', %3$s, 'note', n.note, 'doors', coalesce((
                select jsonb_object_agg(c.doors_key, coalesce(%3$s,
                    '{"width": null, "floor": null}'))
                  from cage_doors c where c.house = o.house and c.number = o.number), '{}'))
            from cage c join cage o on o.house = c.house and o.number = c.number
              left join cage_note n on n.house = c.house and n.number = c.number
          """,
          "Visitor",
          """
          select '{"day":' || day || ',"name":' || to_json(name) || '}',
              jsonb_build_object('day', day, 'name', name, 'favourite',
                (select jsonb_build_object('type', dtype, 'id', id) from animal where id = favourite_id))
            from visitor
          """);

  private static final String MOTHER =
      "(select jsonb_build_object('type', m.dtype, 'id', m.id) from animal m where m.id = a.mother_id)";
  private static final String FRIENDS =
      """
      coalesce((select jsonb_agg(ref order by ref::text collate "C") from (
        select format('{"type":"%s","id":%s}', f.dtype, f.id)::json as ref
          from animal_animal j join animal f on f.id = j.friends_id where j.animal_id = a.id) r)::jsonb, '[]')
      """;
  private static final String SIZE =
      """
      case when c.width is not null or c.floor_kind is not null or c.floor_level is not null then
        jsonb_build_object('width', c.width, 'floor',
          case when c.floor_kind is not null or c.floor_level is not null then
            jsonb_build_object('kind', c.floor_kind, 'level', c.floor_level) end) end
      """;

  private static final String VISITORS =
      """
      select jsonb_agg(jsonb_build_object('day', day, 'name', name) order by place)
        from visitor where cart_id = v.id
      """;

  /** Hibernate reads a place that no row has as an element that is null. */
  private static final String VISITORS_AND_GAPS =
      """
      select jsonb_agg(case when o.day is not null
          then jsonb_build_object('day', o.day, 'name', o.name) end order by n)
        from generate_series(0, (select max(place) from visitor where cart_id = v.id)) n
          left join visitor o on o.cart_id = v.id and o.place = n
      """;

  private final JpaProvider provider;
  private TestUnit unit;
  private TestDatabase database;
  private Random random = new Random(0);
  private Connections reading;
  private final Map<Instant, Map<String, LiveStates>> commits = new LinkedHashMap<>();
  private Map<String, LiveStates> latest = new HashMap<>();
  private long position;
  private int operations;
  private int refused;

  GuardReplayConformance(JpaProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void open() {
    unit = TestUnit.open(provider, "zoo");
    database = unit.database();
    loosen();
    reading = database.oneConnection();
  }

  @AfterEach
  void close() {
    unit.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1})
  void is_told_by_the_history_as_of_each_commit(long seed) throws SQLException {
    random = new Random(seed);
    Guard guard = TestGuard.of(provider, unit, model -> STATES.containsKey(model.contentType()));
    assertThat(guard.install(GuardMode.RECORD).types())
        .allSatisfy(type -> assertThat(type.problems()).isEmpty());
    latest = now();
    try (Connection second = database.connect()) {
      while (operations < OPERATIONS) {
        transaction(second);
      }
    }

    assertThat(refused).isLessThan(OPERATIONS / 2);
    assertThat(commits).hasSizeGreaterThan(OPERATIONS / 8);
    assertEachCommit();
    assertNothingTwice();
  }

  /** References are emptied or cascade, and nobody waits for long: there is one thread. */
  private void loosen() {
    database.execute(
        """
        do $$ declare c record; begin
          for c in select conrelid::regclass as t, conname, pg_get_constraintdef(oid) as def, confrelid
              from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace loop
            execute format('alter table %s drop constraint %I', c.t, c.conname);
            execute format('alter table %s add constraint %I %s on delete %s', c.t, c.conname, c.def,
              case when c.t::text in ('visitor', 'animal') or (c.t::text, c.confrelid) = ('cat', 'cage'::regclass)
                then 'set null' else 'cascade' end);
          end loop;
          execute format('alter role %I in database %I set lock_timeout = ''30ms''', current_user, current_database());
        end $$
        """);
  }

  private void transaction(Connection second) throws SQLException {
    unit.factory().getCache().evictAll();
    EntityManager em = unit.factory().createEntityManager();
    try {
      em.getTransaction().begin();
      for (int i = random.nextInt(1, 6); i > 0; i--) {
        operation(em, second);
      }
      if (random.nextInt(5) == 0) {
        em.getTransaction().rollback();
      } else {
        em.getTransaction().commit();
      }
    } catch (PersistenceException | EclipseLinkException | IllegalStateException | SQLException e) {
      // a constraint, a lock, an object that is of another class by now, a reference to a removed
      // one
      refused++;
    } finally {
      if (em.getTransaction().isActive()) {
        em.getTransaction().rollback();
      }
      em.close();
    }
    // EclipseLink also throws when it has committed and its cache cannot take an object's new
    // class.
    committed();
  }

  private void operation(EntityManager em, Connection second) throws SQLException {
    operations++;
    switch (random.nextInt(6)) {
      case 0, 1 -> byJpa(em);
      case 2 -> byJpql(em);
      case 3 -> em.createNativeQuery(sql()).executeUpdate();
      case 4 -> {
        em.flush();
        Connection connection = provider.connection(em);
        assertThat(connection.getAutoCommit()).isFalse();
        execute(connection, sql());
      }
      default -> {
        try {
          // The lock of a truncation lets nobody read until the commit.
          execute(second, random.nextInt(30) == 0 ? "truncate cage_doors" : sql());
          committed();
        } catch (SQLException e) {
          refused++; // most often a row that the other transaction has locked
        }
      }
    }
    if (random.nextInt(6) == 0) {
      em.flush();
      if (random.nextInt(3) == 0) {
        em.clear();
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void byJpa(EntityManager em) {
    int id = random.nextInt(1, IDS + 1);
    Zoo.Animal animal = em.find(Zoo.Animal.class, id);
    Zoo.Cart cart = em.find(Zoo.Cart.class, (long) id);
    Zoo.CageId cageId = new Zoo.CageId(house(), id);
    Zoo.Cage cage = em.find(Zoo.Cage.class, cageId);
    switch (random.nextInt(4)) {
      case 0, 1 -> {
        if (animal == null) {
          em.persist(animal(id));
        } else if (random.nextInt(6) == 0) {
          em.remove(animal);
        } else {
          change(em, animal, cage);
        }
      }
      case 2 -> {
        if (cart == null) {
          Zoo.Cart made = new Zoo.Cart();
          made.id = id;
          em.persist(made);
        } else if (random.nextInt(6) == 0) {
          em.remove(cart);
        } else {
          change(em, cart);
        }
      }
      default -> {
        if (cage == null) {
          Zoo.Cage made = new Zoo.Cage();
          made.id = cageId;
          em.persist(made);
        } else if (random.nextInt(6) == 0) {
          em.remove(cage);
        } else {
          change(cage);
        }
      }
    }
  }

  private Zoo.Animal animal(int id) {
    Zoo.Animal animal;
    if (random.nextBoolean()) {
      Zoo.Cat cat = new Zoo.Cat();
      cat.lives = random.nextInt(9);
      animal = cat;
    } else {
      animal = new Zoo.Animal();
    }
    animal.id = id;
    animal.sign = (char) ('a' + random.nextInt(26));
    return animal;
  }

  private void change(EntityManager em, Zoo.Animal animal, Zoo.Cage cage) {
    Zoo.Animal other = em.find(Zoo.Animal.class, random.nextInt(1, IDS + 1));
    switch (random.nextInt(5)) {
      case 0 -> animal.name = "jpa" + random.nextInt(5);
      case 1 -> animal.mother = other;
      case 2 -> {
        if (other == null || !animal.friends.add(other)) {
          animal.friends.clear();
        }
      }
      case 3 -> animal.weight = random.nextInt(100) / 4f;
      default -> {
        if (animal instanceof Zoo.Cat cat) {
          cat.cage = cage;
          cat.lives = random.nextInt(9);
        }
      }
    }
  }

  private void change(EntityManager em, Zoo.Cart cart) {
    cart.wheels = random.nextInt(5);
    if (random.nextBoolean()) {
      Zoo.VisitorId id = new Zoo.VisitorId();
      id.day = random.nextInt(3);
      id.name = "v" + random.nextInt(3);
      Zoo.Visitor visitor = em.find(Zoo.Visitor.class, id);
      if (visitor == null) {
        visitor = new Zoo.Visitor();
        visitor.day = id.day;
        visitor.name = id.name;
        em.persist(visitor);
      }
      if (!cart.visitors.remove(visitor)) {
        cart.visitors.add(0, visitor);
      }
    }
  }

  private void change(Zoo.Cage cage) {
    Zoo.Size size = new Zoo.Size();
    // Hibernate reads an element without values as none.
    boolean mayBeEmpty = provider == JpaProvider.ECLIPSELINK;
    size.width = mayBeEmpty && random.nextInt(3) == 0 ? null : random.nextInt(5);
    switch (random.nextInt(4)) {
      case 0 -> cage.size = size;
      case 1 -> cage.note = "jpa" + random.nextInt(5);
      case 2 -> cage.doors.put(random.nextInt(4), size);
      default -> cage.doors.remove(random.nextInt(4));
    }
  }

  private void byJpql(EntityManager em) {
    String jpql =
        switch (random.nextInt(6)) {
          case 0 -> "update Visitor v set v.favourite = null where v.day = " + random.nextInt(3);
          case 1 ->
              "update Cart c set c.wheels = c.wheels + 1 where c.id < "
                  + random.nextInt(1, IDS + 1);
          case 2 ->
              "delete from Visitor v where v.day = %d and v.name = '%s'"
                  .formatted(random.nextInt(3), "v" + random.nextInt(3));
          case 3 -> "delete from Cart c where c.id = " + random.nextInt(1, IDS + 1);
          case 4 ->
              "update Cart c set c.name = 'jpql%d' where c.wheels = %d"
                  .formatted(random.nextInt(5), random.nextInt(5));
          default ->
              "update Animal a set a.name = 'jpql%d' where a.id = %d"
                  .formatted(random.nextInt(5), random.nextInt(1, IDS + 1));
        };
    em.createQuery(jpql).executeUpdate();
  }

  private String sql() {
    int id = random.nextInt(1, IDS + 1);
    int other = random.nextInt(1, IDS + 1);
    String house = house();
    return switch (random.nextInt(20)) {
      case 0 -> "update animal set name = 'sql%d' where id >= %d".formatted(other, id);
      case 1 ->
          "update animal set mother_id = (select id from animal where id = %d) where id = %d"
              .formatted(other, id);
      case 2 -> "delete from animal where id = " + id;
      case 3 ->
          "insert into animal (id, dtype, sign, weight) values (%d, 'Animal', 's', 1.5)"
              .formatted(id);
      case 4 ->
          "with a as (insert into animal (id, dtype, sign, weight) values (%1$d, 'Cat', 'c', 2) returning id) insert into cat (id, lives) select id, 7 from a"
              .formatted(id);
      case 5 -> "update cat set lives = lives + 1 where id = " + id;
      case 6 ->
          "insert into animal_animal select a.id, f.id from animal a, animal f where a.id = %d and f.id > %d on conflict do nothing"
              .formatted(id, other);
      case 7 -> "delete from animal_animal where friends_id = " + id;
      case 8 ->
          "insert into vehicle (id, dtype, name, wheels) values (%d, 'Cart', 'sql', 4)"
              .formatted(id);
      case 9 ->
          "update vehicle set id = %d where id = %d and not exists (select from visitor where cart_id = %2$d)"
              .formatted(other, id);
      case 10 -> "delete from vehicle where id = " + id;
      case 11 ->
          "update visitor set cart_id = (select id from vehicle where id = %d), place = %d where day = %d"
              .formatted(id, other, random.nextInt(3));
      case 12 ->
          "insert into visitor (day, name, favourite_id) select %d, 'v%d', (select id from animal where id = %d)"
              .formatted(random.nextInt(3), random.nextInt(3), id);
      case 13 ->
          "update visitor set favourite_id = null, name = name where day = " + random.nextInt(3);
      case 14 ->
          "with c as (insert into cage (house, number) values ('%1$s', %2$d) returning *) insert into cage_note (house, number, note) select house, number, 'sql' from c"
              .formatted(house, id);
      case 15 -> "update cage_note set note = 'sql%d' where house = '%s'".formatted(other, house);
      case 16 -> "delete from cage where house = '%s' and number = %d".formatted(house, id);
      case 17 ->
          "insert into cage_doors (house, number, doors_key, width) select house, number, %d, %d from cage where house = '%s' and number = %d"
              .formatted(4 + random.nextInt(100), other, house, id);
      case 18 -> "update cage_doors set floor_level = %d where width = %d".formatted(id, other);
      default ->
          "update cage set width = %d, floor_kind = 'sql' where number = %d".formatted(other, id);
    };
  }

  private String house() {
    return random.nextBoolean() ? "Öl \"house\"" : "a";
  }

  /** One transaction has committed since the last call, or none. */
  private void committed() {
    Map<String, LiveStates> now = now();
    List<String> events =
        read(
            "select time_created at time zone 'UTC', transaction_id from palimpsest.event where id > %d order by id"
                .formatted(position));
    if (!now.equals(latest)) {
      assertThat(events).as("events of a transaction that changed rows").isNotEmpty();
    }
    if (!events.isEmpty()) {
      assertThat(events.stream().distinct()).as("stamps of one transaction").hasSize(1);
      String stamp =
          database
              .rows(
                  "select to_json(max(time_created))#>>'{}' from palimpsest.event where id > "
                      + position)
              .get(0);
      commits.put(OffsetDateTime.parse(stamp).toInstant(), now);
    }
    position =
        Long.parseLong(database.rows("select coalesce(max(id), 0) from palimpsest.event").get(0));
    latest = now;
  }

  private Map<String, LiveStates> now() {
    Map<String, LiveStates> states = new HashMap<>();
    String visitors = provider == JpaProvider.HIBERNATE ? VISITORS_AND_GAPS : VISITORS;
    STATES.forEach(
        (type, sql) -> {
          Map<String, JsonValue> objects = new TreeMap<>();
          for (String row :
              read(
                  "select json_build_array(s.id, s.state) from (%s) s(id, state)"
                      .formatted(sql.formatted(MOTHER, FRIENDS, SIZE, visitors)))) {
            var pair = JsonText.parse(row).asJsonArray();
            objects.put(pair.getString(0), pair.get(1));
          }
          states.put(type, new LiveStates(objects));
        });
    return states;
  }

  private List<String> read(String sql) {
    return reading.call(connection -> TestDatabase.rows(connection, sql));
  }

  private void assertEachCommit() {
    Rebuilder rebuilder = new Rebuilder(reading, new EventReader(), Duration.ofSeconds(5));
    List<String> differences = new ArrayList<>();
    commits.forEach(
        (instant, states) ->
            states.forEach(
                (type, live) ->
                    live.differences(rebuilder.all(type, instant, ""))
                        .forEach(each -> differences.add(instant + " " + type + " " + each))));
    assertThat(differences).isEmpty();
  }

  /** Each event of the guard says something new: no change was known already. */
  private void assertNothingTwice() {
    assertThat(
            database.rows(
                """
                select id, object_id, operation, previous from (
                  select *, lag(operation) over (
                      partition by content_type_id, object_id order by id) as previous
                    from palimpsest.event) e
                 where source = 'database' and (operation = 'persist' and previous in ('persist', 'baseline')
                    or operation in ('remove', 'update') and coalesce(previous, 'remove') = 'remove')
                """))
        .isEmpty();
    assertThat(
            database.rows(
                """
                select e.id, e.object_id, e.body from palimpsest.event e
                 where e.source = 'database' and e.operation = 'update' and exists (
                   select from jsonb_each(e.body) n where n.value = (
                     select h.body -> n.key from palimpsest.event h
                      where h.content_type_id = e.content_type_id and h.object_id = e.object_id
                        and h.id < e.id and h.body ? n.key
                      order by h.id desc limit 1))
                """))
        .isEmpty();
  }
}
