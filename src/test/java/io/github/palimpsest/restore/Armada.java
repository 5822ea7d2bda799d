package io.github.palimpsest.restore;

import io.github.palimpsest.Restoration;
import io.github.palimpsest.Restore;
import io.github.palimpsest.Undo;
import io.github.palimpsest.Undone;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.testing.CountedStatements;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.EntityManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.eclipse.persistence.internal.sessions.UnitOfWorkImpl;
import org.eclipse.persistence.sessions.UnitOfWork;
import org.hibernate.Session;

/**
 * Many ships, sailors and voyages, and what a restore of them costs: of ten objects one is a ship
 * with its captain, four are sailors with a skill of whom most have a mentor, five are voyages with
 * a ship and a crew of two.
 */
final class Armada implements AutoCloseable {
  private static final int TRANSACTION = 1000;

  private final JpaProvider provider;
  private final int ships;
  private final TestUnit unit;
  private final Rebuilder rebuilder;
  private int mostManaged;
  private long reads;

  /**
   * Creates them through JPA.
   *
   * @param number how many objects, in tens
   */
  Armada(JpaProvider provider, int number) {
    this.provider = provider;
    this.ships = number / 10;
    TestUnit empty = Fleet.open(provider);
    empty.close();
    Map<String, String> properties = new HashMap<>(provider.batching());
    properties.putAll(CountedStatements.unit(empty.database()));
    this.unit = TestUnit.open(provider, "fleet", empty.database(), properties);
    Connections connections = unit.database().oneConnection();
    this.rebuilder = new Rebuilder(counted(connections), new EventReader(), Duration.ofSeconds(5));
    persist();
    unit.database().execute("analyze");
  }

  private Connections counted(Connections connections) {
    return new Connections() {
      @Override
      public <R> R call(Work<R> work) {
        reads++;
        return connections.call(work);
      }
    };
  }

  /** Returns how often {@code work} reads history. */
  long readsOf(Runnable work) {
    long before = reads;
    work.run();
    return reads - before;
  }

  private void persist() {
    List<Long> shipIds = new ArrayList<>();
    List<Long> sailorIds = new ArrayList<>();
    inTransactions(
        4 * ships,
        (entities, i) -> {
          Fleet.Sailor sailor = new Fleet.Sailor("sailor " + i);
          sailor.skills.add("knot " + i);
          if (i % 10 > 0) {
            sailor.mentor = entities.find(Fleet.Sailor.class, sailorIds.get(i - 1));
          }
          entities.persist(sailor);
          sailorIds.add(sailor.id());
        });
    inTransactions(
        ships,
        (entities, i) -> {
          Fleet.Ship ship = new Fleet.Ship("ship " + i, sailor(entities, sailorIds.get(i)));
          entities.persist(ship);
          shipIds.add(ship.id());
        });
    inTransactions(
        5 * ships,
        (entities, i) -> {
          Fleet.Voyage voyage =
              new Fleet.Voyage(
                  "goal " + i,
                  Objects.requireNonNull(entities.find(Fleet.Ship.class, shipIds.get(i % ships))));
          voyage.crew.add(sailor(entities, sailorIds.get(i % (4 * ships))));
          voyage.crew.add(sailor(entities, sailorIds.get((7 * i + 1) % (4 * ships))));
          entities.persist(voyage);
        });
  }

  private static Fleet.Sailor sailor(EntityManager entities, long id) {
    return Objects.requireNonNull(entities.find(Fleet.Sailor.class, id));
  }

  /** One object of a transaction. */
  private interface One {
    void make(EntityManager entities, int index);
  }

  private void inTransactions(int number, One one) {
    IntConsumer transaction =
        first ->
            unit.commit(
                entities -> {
                  for (int i = first; i < Math.min(number, first + TRANSACTION); i++) {
                    one.make(entities, i);
                  }
                });
    for (int first = 0; first < number; first += TRANSACTION) {
      transaction.accept(first);
    }
  }

  /** Empties the tables behind JPA, and begins what draws ids anew. */
  void sink() {
    unit.database().execute("truncate ship, sailor, voyage, invoice restart identity cascade");
    unit.database().execute("alter sequence ship_seq restart");
    unit.database().execute("update ids set value = 0");
    unit.factory().getCache().evictAll();
  }

  /** Changes each sailor, and returns the number of the transaction that did. */
  long changeAll() {
    unit.commit(
        entities ->
            entities
                .createQuery("select s from Sailor s", Fleet.Sailor.class)
                .getResultList()
                .forEach(sailor -> sailor.age = 40));
    return Long.parseLong(
        unit.database()
            .rows("select transaction_id from palimpsest.event order by id desc limit 1")
            .get(0));
  }

  Instant now() {
    return rebuilder.settled(null);
  }

  /** Restores all voyages and what they need, so many objects at a time. */
  Restoration restore(Instant asOf, int batch) {
    Restore wanted = Restore.to(asOf, "all hands").withRelated().listing(10);
    return inTransaction(
        batch, restorer -> restorer.restoreAll("Voyage", wanted, StateFilter.all()));
  }

  Undone undo(long transaction) {
    return inTransaction(
        Execution.BATCH, restorer -> restorer.undo(transaction, Undo.because("no").listing(10)));
  }

  private <R> R inTransaction(int batch, Function<Restorer, R> work) {
    mostManaged = 0;
    return unit.call(
        entities ->
            work.apply(
                new Restorer(
                    rebuilder,
                    watched(entities, provider.live(entities)),
                    Progress.none(),
                    batch)));
  }

  private LiveEntities watched(EntityManager entities, LiveEntities live) {
    return (LiveEntities)
        Proxy.newProxyInstance(
            LiveEntities.class.getClassLoader(),
            new Class<?>[] {LiveEntities.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("clear")) {
                mostManaged = Math.max(mostManaged, managed(entities));
              }
              try {
                return method.invoke(live, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private int managed(EntityManager entities) {
    return provider == JpaProvider.ECLIPSELINK
        ? ((UnitOfWorkImpl) entities.unwrap(UnitOfWork.class)).getCloneMapping().size()
        : entities.unwrap(Session.class).getStatistics().getEntityCount();
  }

  /** Returns the largest number of entities that the last restore had managed at once. */
  int mostManaged() {
    return mostManaged;
  }

  /** Returns everything that the tables hold, in a few numbers. */
  List<String> content() {
    return unit.database()
        .rows(
            """
            select 'ships', count(*), sum(hashtext(concat_ws(',', id, name, captain_id))) from ship
            union all
            select 'sailors', count(*), sum(hashtext(concat_ws(',', id, name, age, mentor_id)))
            from sailor
            union all
            select 'skills', count(*), sum(hashtext(concat_ws(',', sailor_id, skills)))
            from sailor_skills
            union all
            select 'voyages', count(*), sum(hashtext(concat_ws(',', id, goal, ship_id)))
            from voyage
            union all
            select 'crews', count(*), sum(hashtext(concat_ws(',', voyage_id, crew_id)))
            from voyage_sailor
            """);
  }

  /** Creates one more of each, which draws ids. */
  void add() {
    unit.commit(
        entities -> {
          Fleet.Sailor captain = new Fleet.Sailor("the last sailor");
          Fleet.Ship ship = new Fleet.Ship("the last ship", captain);
          entities.persist(captain);
          entities.persist(ship);
          entities.persist(new Fleet.Voyage("the last goal", ship));
        });
  }

  /** Returns the transactions, reasons and operations of the events after a position, counted. */
  List<String> historySince(long position) {
    return unit.database()
        .rows(
            """
            select count(distinct transaction_id), count(distinct time_created), reason, operation,
              count(*)
            from palimpsest.event where id > %d group by reason, operation order by reason
            """
                .formatted(position));
  }

  long lastPosition() {
    return Long.parseLong(unit.database().rows("select max(id) from palimpsest.event").get(0));
  }

  /** Returns how many states history says there are now, by type. */
  List<Long> statesNow() {
    Instant now = now();
    return List.of("Ship", "Sailor", "Voyage").stream()
        .map(type -> rebuilder.all(type, now, "").count())
        .toList();
  }

  @Override
  public void close() {
    unit.close();
  }
}
