package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import io.github.palimpsest.MissingReferenceException;
import io.github.palimpsest.Restore;
import io.github.palimpsest.Restored;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.restore.Restorer;
import io.github.palimpsest.restore.StateFilter;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mappings that once went wrong, the same on every JPA provider. */
abstract class OddConformance {
  final JpaProvider provider;
  TestUnit unit;
  private Rebuilder rebuilder;

  OddConformance(JpaProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void open() {
    unit = TestUnit.open(provider, "odd", Odd.TABLES);
    rebuilder = unit.rebuilder();
  }

  @AfterEach
  void close() {
    unit.close();
  }

  @Test
  void a_reference_to_an_entity_whose_id_comes_later_holds_that_id() {
    unit.commit(
        em -> {
          Odd.Box box = new Odd.Box();
          Odd.Item item = new Odd.Item();
          box.items.add(item);
          em.persist(box);
          em.persist(item);
        });

    assertThat(
            unit.database()
                .rows("select body->>'items' from palimpsest.event where body ? 'items'"))
        .containsExactly("[1]");
  }

  @Test
  void an_entity_that_the_unit_names_is_recorded_without_an_annotation() {
    Map<String, String> list =
        Map.of("palimpsest.entities", "Plain", "palimpsest.entities.exclude", "Hidden");
    try (TestUnit listed = TestUnit.open(provider, "odd", list, Odd.TABLES)) {
      listed.commit(
          em -> {
            Odd.Plain plain = new Odd.Plain();
            plain.id = "p";
            em.persist(plain);
          });

      assertThat(listed.database().rows("select operation, object_id from palimpsest.event"))
          .containsExactly("persist p");
      assertThat(provider.models(listed.factory()).of("Hidden")).isEmpty();
      assertThat(provider.models(unit.factory()).of("Hidden")).isPresent();
      assertThat(provider.models(unit.factory()).of("Plain")).isEmpty();
    }
  }

  @Test
  void a_unit_that_names_an_entity_it_does_not_have_is_refused() {
    assertThatThrownBy(
            () -> {
              try (TestUnit listed =
                  TestUnit.open(
                      provider, "odd", Map.of("palimpsest.entities", "Plane"), Odd.TABLES)) {
                provider.models(listed.factory());
              }
            })
        .hasStackTraceContaining(
            "palimpsest.entities or palimpsest.entities.exclude names Plane, but the entities are"
                + " Box, Diary, Hidden, Item, Node, Plain");
  }

  @Test
  void transactions_that_add_to_one_collection_at_once_record_all_of_it() {
    long id = unit.call(em -> persist(em, new Odd.Box())).id;
    EntityManager first = unit.factory().createEntityManager();
    EntityManager second = unit.factory().createEntityManager();
    first.getTransaction().begin();
    second.getTransaction().begin();
    first.find(Odd.Box.class, id).labels.add("x");
    second.find(Odd.Box.class, id).labels.add("y");
    first.flush();
    second.flush();

    CompletableFuture<Void> other =
        CompletableFuture.runAsync(() -> second.getTransaction().commit());
    first.getTransaction().commit();
    other.join();
    first.close();
    second.close();

    assertThat(unit.database().rows("select labels from box_labels order by 1"))
        .containsExactly("x", "y");
    assertThat(
            unit.database()
                .rows("select body->>'labels' from palimpsest.event order by id desc limit 1"))
        .containsExactly("[\"x\", \"y\"]");
  }

  /** It has what the provider needs to commit, or each would wait for the other. */
  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = SEPARATE_THREAD)
  void a_transaction_that_waits_for_an_owner_lets_the_one_commit_that_has_it() {
    long id = unit.call(em -> persist(em, new Odd.Box())).id;
    EntityManager adding = unit.factory().createEntityManager();
    EntityManager changing = unit.factory().createEntityManager();
    adding.getTransaction().begin();
    adding.find(Odd.Box.class, id).labels.add("x");
    changing.getTransaction().begin();
    changing.find(Odd.Box.class, id).volume = BigDecimal.TEN;
    changing.flush();

    CompletableFuture<Void> other =
        CompletableFuture.runAsync(() -> adding.getTransaction().commit());
    while (!other.isDone() && waitingForLocks().equals("0")) {
      Thread.onSpinWait();
    }
    assertThat(other).isNotDone();
    changing.getTransaction().commit();
    other.join();
    adding.close();
    changing.close();

    assertThat(
            unit.database()
                .rows(
                    "select body - 'id' from palimpsest.event where operation = 'update' order by id"))
        .containsExactly("{\"volume\": 10.00}", "{\"labels\": [\"x\"]}");
  }

  private String waitingForLocks() {
    return unit.database()
        .rows(
            "select count(*) from pg_stat_activity"
                + " where datname = current_database() and wait_event_type = 'Lock'")
        .get(0);
  }

  @Test
  void a_decimal_is_recorded_as_its_column_holds_it() {
    unit.commit(
        em -> {
          Odd.Box box = new Odd.Box();
          box.volume = new BigDecimal("3.335");
          em.persist(box);
        });

    assertThat(unit.database().rows("select body->>'volume' from palimpsest.event"))
        .isEqualTo(unit.database().rows("select volume from box"))
        .containsExactly("3.34");
  }

  @Test
  void a_lazy_collection_that_is_not_touched_is_not_loaded() {
    long id = unit.call(em -> persist(em, new Odd.Box())).id;
    unit.factory().getCache().evictAll();

    Odd.Box changed =
        unit.call(
            em -> {
              Odd.Box box = em.find(Odd.Box.class, id);
              box.volume = BigDecimal.TEN;
              return box;
            });

    assertThat(List.of("labels", "items"))
        .noneMatch(name -> unit.factory().getPersistenceUnitUtil().isLoaded(changed, name));
    assertThat(unit.database().rows("select body->>'volume' from palimpsest.event order by id"))
        .containsExactly("null", "10.00");
  }

  @Test
  void an_emptied_type_that_refers_to_itself_comes_back_whole() {
    unit.commit(
        em -> {
          Odd.Node root = node("z", null);
          Odd.Node leaf = node("a", root);
          em.persist(root);
          em.persist(leaf);
          root.parent = leaf;
        });
    Instant then = rebuilder.settled(null);
    unit.database().execute("truncate node cascade");

    List<Restored> restored = restoreAll("Node", then);

    assertThat(restored).extracting(Restored::objectId).containsExactly("a", "z");
    assertThat(unit.database().rows("select id, parent_id from node order by id"))
        .containsExactly("a z", "z a");
  }

  @Test
  void a_type_that_refers_to_something_that_never_was_restored_is_a_conflict() {
    unit.commit(em -> em.persist(node("child", persist(em, node("parent", null)))));
    unit.commit(em -> em.find(Odd.Node.class, "child").parent = null);
    unit.commit(em -> em.remove(em.find(Odd.Node.class, "parent")));
    Instant withoutParent = rebuilder.settled(null);
    unit.database().execute("insert into node values ('parent', 'back', null)");
    unit.commit(em -> em.find(Odd.Node.class, "child").parent = em.find(Odd.Node.class, "parent"));
    Instant then = rebuilder.settled(null);
    unit.database().execute("truncate node cascade");

    assertThatThrownBy(() -> restoreAll("Node", then))
        .isInstanceOf(MissingReferenceException.class)
        .hasMessage("Node/child refers to Node parent, which does not exist.");
    assertThat(restoreAll("Node", withoutParent)).hasSize(1);
  }

  private List<Restored> restoreAll(String type, Instant asOf) {
    Restore wanted = Restore.to(asOf, "because");
    return unit.call(
            em ->
                new Restorer(rebuilder, provider.live(em))
                    .restoreAll(type, wanted, StateFilter.all()))
        .objects();
  }

  void persistHidden() {
    unit.commit(
        em -> {
          Odd.Hidden hidden = new Odd.Hidden();
          hidden.id = "h";
          em.persist(hidden);
        });
  }

  private static Odd.Node node(String id, Odd.@Nullable Node parent) {
    Odd.Node node = new Odd.Node();
    node.id = id;
    node.parent = parent;
    return node;
  }

  private static <T> T persist(EntityManager em, T entity) {
    em.persist(entity);
    return entity;
  }
}
