package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.AuditContext;
import io.github.palimpsest.CaptureFailedException;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.JsonText;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestUnit;
import jakarta.json.JsonValue;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is captured of the changes of entities, the same on every JPA provider. */
@SuppressWarnings("JavaUtilDate") // a kind of attribute under test
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CaptureConformance {
  private final AtomicInteger ids = new AtomicInteger();
  private final JpaProvider provider;
  private final TestUnit unit;
  private final Rebuilder rebuilder;
  private final EntityModels models;

  CaptureConformance(JpaProvider provider) {
    this.provider = provider;
    unit = TestUnit.open(provider, "kinds", Artist.TABLE);
    rebuilder = unit.rebuilder();
    models = provider.models(unit.factory());
  }

  @AfterAll
  void close() {
    unit.close();
  }

  @Nested
  class A_persist {
    @Test
    void records_every_kind_of_attribute() {
      String id = persisted(CaptureConformance::fill);

      assertThat(events("Painting", id))
          .containsExactly(
              """
              persist {"artist":null,"bought":"1999-12-31","code":"6f1e9f0c-6a4e-4a55-9c39-0d6a4f1c2b3d",\
              "hung":"2020-02-29T23:59:59.123457","id":"%s","labels":[{"text":"Öl","language":"de"},\
              {"text":"Oil \\"x\\"","language":"en"}],"layers":["OIL","TEMPERA"],"number":7,\
              "opens":"08:30:00.000000","owners":["b","a","b"],"painted":"1503-01-01","price":1.500000,\
              "restored":true,"scanned":"2021-01-01T00:00:00.000001Z","technique":"TEMPERA",\
              "thumbnail":"AQID","tickets":[],"title":"Mona","titles":{"de":"Lisa","fr":"Joconde"},\
              "visit":90,"weight":0.5}"""
                  .formatted(id));
    }

    @Test
    void records_ids_that_the_database_assigns() {
      Artist artist = unit.call(em -> persist(em, new Artist("Leonardo")));
      Ticket ticket = unit.call(em -> persist(em, new Ticket("A1")));

      assertThat(events("Artist", artist.id()))
          .containsExactly(
              "persist {\"birthplace\":null,\"id\":%d,\"name\":\"Leonardo\",\"version\":%d}"
                  .formatted(artist.id(), provider.firstVersion()));
      assertThat(events("ticket", ticket.id()))
          .containsExactly("persist {\"id\":%d,\"seat\":\"A1\"}".formatted(ticket.id()));
    }

    @Test
    void records_inherited_attributes_and_the_class_that_a_reference_leads_to() {
      Sculpture sculpture =
          unit.call(em -> persist(em, new Sculpture("Thinker", LocalDate.of(1904, 1, 1))));

      unit.commit(em -> em.persist(new Loan("Tate", 3, em.find(Work.class, sculpture.id()))));

      assertThat(events("Sculpture", sculpture.id()))
          .containsExactly(
              "persist {\"id\":%d,\"made\":\"1904-01-01\",\"name\":\"Thinker\"}"
                  .formatted(sculpture.id()));
      assertThat(events("Loan", "{\"museum\":\"Tate\",\"number\":3}"))
          .containsExactly(
              """
              persist {"museum":"Tate","number":3,"version":%d,"work":{"id":%d,"type":"Sculpture"}}"""
                  .formatted(provider.firstVersion(), sculpture.id()));
    }

    @Test
    void of_an_entity_removed_in_the_same_transaction_records_nothing() {
      String id = newId();

      unit.commit(
          em -> {
            Painting painting = persist(em, new Painting(id));
            em.flush();
            em.remove(painting);
          });

      assertThat(events("Painting", id)).isEmpty();
    }

    @Test
    void that_is_changed_in_the_same_transaction_records_one_event() {
      String id = newId();

      unit.commit(
          em -> {
            Painting painting = persist(em, new Painting(id));
            em.flush();
            painting.title = "later";
          });

      assertThat(events("Painting", id)).singleElement().asString().contains("\"title\":\"later\"");
    }
  }

  @Nested
  class An_update {
    @Test
    void records_only_what_changed() {
      String id = persisted(CaptureConformance::fill);

      update(id, painting -> painting.title = "Lisa");

      assertThat(lastEvent(id)).isEqualTo("update {\"title\":\"Lisa\"}");
    }

    @Test
    void records_an_attribute_set_to_null() {
      String id = persisted(CaptureConformance::fill);

      update(id, painting -> painting.scanned = null);

      assertThat(lastEvent(id)).isEqualTo("update {\"scanned\":null}");
    }

    @Test
    void records_the_column_value_of_a_converted_attribute() {
      String id = persisted(CaptureConformance::fill);

      update(id, painting -> painting.visit = Duration.ofMinutes(2));

      assertThat(lastEvent(id)).isEqualTo("update {\"visit\":120}");
    }

    @Test
    void records_collections_as_a_whole() {
      String id = persisted(CaptureConformance::fill);

      update(
          id,
          painting -> {
            painting.owners.remove(0);
            painting.layers.remove(Painting.Technique.OIL);
            painting.titles.put("fr", "La Joconde");
            painting.labels.remove(0);
          });

      assertThat(lastEvent(id))
          .startsWith("update {\"labels\":[{\"text\":")
          .endsWith(
              "\"layers\":[\"TEMPERA\"],\"owners\":[\"a\",\"b\"],"
                  + "\"titles\":{\"de\":\"Lisa\",\"fr\":\"La Joconde\"}}");
    }

    @Test
    void records_a_reordered_list_that_has_an_order_column() {
      String id = persisted(CaptureConformance::fill);

      update(id, painting -> painting.owners.sort(null));

      assertThat(lastEvent(id)).isEqualTo("update {\"owners\":[\"a\",\"b\",\"b\"]}");
    }

    @Test
    void records_references_by_id() {
      Artist artist = unit.call(em -> persist(em, new Artist("Raphael")));
      Ticket ticket = unit.call(em -> persist(em, new Ticket("B2")));
      String id = persisted(painting -> {});

      unit.commit(
          em -> {
            Painting painting = em.find(Painting.class, id);
            painting.artist = em.find(Artist.class, artist.id());
            painting.tickets.add(em.find(Ticket.class, ticket.id()));
          });

      assertThat(lastEvent(id))
          .isEqualTo("update {\"artist\":%d,\"tickets\":[%d]}".formatted(artist.id(), ticket.id()));
    }

    @Test
    void of_the_inverse_side_records_nothing_on_it() {
      Artist artist = unit.call(em -> persist(em, new Artist("Titian")));
      String id = persisted(painting -> {});

      unit.commit(
          em -> {
            Artist managed = em.find(Artist.class, artist.id());
            Painting painting = em.find(Painting.class, id);
            painting.artist = managed;
            managed.paintings.add(painting);
          });

      assertThat(events("Artist", artist.id())).hasSize(1);
    }

    @Test
    void of_an_embeddable_in_place_records_it_whole() {
      Artist artist =
          unit.call(
              em -> {
                Artist painter = new Artist("Dürer");
                painter.birthplace = new Place("Nürnberg", new BigDecimal("49.45"));
                return persist(em, painter);
              });

      unit.commit(
          em ->
              Objects.requireNonNull(em.find(Artist.class, artist.id()).birthplace).city =
                  "Nuremberg");

      assertThat(events("Artist", artist.id()).get(1))
          .startsWith("update {\"birthplace\":{\"city\":\"Nuremberg\",\"latitude\":49.45")
          .endsWith("\"version\":%d}".formatted(provider.firstVersion() + 1));
    }

    @Test
    void of_an_embeddable_from_null_to_nothing_but_nulls_records_nothing() {
      Artist artist = unit.call(em -> persist(em, new Artist("Bosch")));

      unit.commit(em -> em.find(Artist.class, artist.id()).birthplace = new Place());

      assertThat(events("Artist", artist.id())).hasSize(1);
    }

    @Test
    void of_a_set_replaced_by_an_equal_one_records_nothing() {
      String id = persisted(CaptureConformance::fill);

      update(id, painting -> painting.layers = new HashSet<>(painting.layers));

      assertThat(events("Painting", id)).hasSize(1);
    }

    @Test
    void of_a_map_replaced_by_another_records_it() {
      String id = persisted(CaptureConformance::fill);

      update(id, painting -> painting.titles = new HashMap<>(Map.of("it", "Gioconda")));

      assertThat(lastEvent(id)).isEqualTo("update {\"titles\":{\"it\":\"Gioconda\"}}");
    }

    @Test
    void of_a_collection_changed_back_in_a_later_flush_records_nothing() {
      String id = persisted(CaptureConformance::fill);

      unit.commit(
          em -> {
            Painting painting = em.find(Painting.class, id);
            painting.titles.put("it", "Gioconda");
            em.flush();
            painting.titles.remove("it");
          });

      assertThat(events("Painting", id)).hasSize(1);
    }

    @Test
    void loads_nothing_that_is_lazy() {
      String id = persisted(CaptureConformance::fill);
      unit.factory().getCache().evictAll();

      unit.commit(
          em -> {
            Painting painting = em.find(Painting.class, id);
            List<String> loaded = loadedCollections(painting);
            painting.title = "changed";
            em.flush();
            assertThat(loadedCollections(painting)).isEqualTo(loaded).isEmpty();
          });

      assertThat(lastEvent(id)).isEqualTo("update {\"title\":\"changed\"}");
    }

    @Test
    void by_a_merge_records_what_differs_from_the_row() {
      String id = persisted(CaptureConformance::fill);
      Painting detached = unit.call(em -> loaded(em.find(Painting.class, id)));

      unit.commit(em -> em.merge(detached));
      detached.number = 8;
      detached.titles.remove("fr");
      unit.commit(em -> em.merge(detached));

      assertThat(events("Painting", id)).hasSize(2);
      assertThat(lastEvent(id)).isEqualTo("update {\"number\":8,\"titles\":{\"de\":\"Lisa\"}}");
    }

    @Test
    void of_the_version_alone_records_nothing() {
      Artist artist = unit.call(em -> persist(em, new Artist("Giotto")));

      unit.commit(
          em -> em.find(Artist.class, artist.id(), LockModeType.OPTIMISTIC_FORCE_INCREMENT));

      assertThat(events("Artist", artist.id())).hasSize(1);
    }

    @Test
    void of_an_attribute_that_is_not_audited_records_nothing() {
      Artist artist = unit.call(em -> persist(em, new Artist("Goya")));

      unit.commit(em -> em.find(Artist.class, artist.id()).telephone = "secret");

      assertThat(events("Artist", artist.id())).hasSize(1);
      assertThat(unit.database().rows("select body::text from palimpsest.event"))
          .noneMatch(body -> body.contains("secret") || body.contains("telephone"));
    }

    @Test
    void that_is_changed_back_in_a_later_flush_records_nothing() {
      String id = persisted(CaptureConformance::fill);

      unit.commit(
          em -> {
            Painting painting = em.find(Painting.class, id);
            painting.title = "other";
            painting.price = new BigDecimal("2");
            em.flush();
            painting.title = "Mona";
            painting.price = new BigDecimal("1.500");
          });

      assertThat(events("Painting", id)).hasSize(1);
    }

    @Test
    void over_several_flushes_records_one_event_with_the_last_values() {
      String id = persisted(CaptureConformance::fill);

      unit.commit(
          em -> {
            Painting painting = em.find(Painting.class, id);
            painting.title = "one";
            em.flush();
            painting.title = "two";
            painting.number = 8;
          });

      assertThat(lastEvent(id)).isEqualTo("update {\"number\":8,\"title\":\"two\"}");
    }
  }

  @Nested
  class A_remove {
    @Test
    void leaves_a_tombstone() {
      String id = persisted(painting -> {});

      unit.commit(em -> em.remove(em.find(Painting.class, id)));

      assertThat(lastEvent(id)).isEqualTo("remove {}");
      assertThat(state("Painting", id).isTombstone()).isTrue();
    }
  }

  @Nested
  class A_transaction {
    @Test
    void that_rolls_back_leaves_no_event() {
      String id = newId();

      assertThatThrownBy(
              () ->
                  unit.commit(
                      em -> {
                        persist(em, new Painting(id));
                        em.flush();
                        throw new IllegalStateException("after the flush");
                      }))
          .hasMessage("after the flush");

      assertThat(events("Painting", id)).isEmpty();
    }

    @Test
    void whose_event_cannot_be_written_leaves_no_change() {
      String id = newId();

      assertThatThrownBy(
              () ->
                  unit.commit(
                      em -> {
                        Painting painting = persist(em, new Painting(id));
                        append(em, painting, "broken", Map.of("text", "\u0000"));
                      }))
          .hasRootCauseInstanceOf(CaptureFailedException.class)
          .rootCause()
          .hasMessageContaining("Painting/" + id)
          .hasMessageContaining("SQLState 22P05");

      assertThat(unit.database().rows("select id from painting where id = '" + id + "'")).isEmpty();
      assertThat(events("Painting", id)).isEmpty();
    }

    @Test
    void shares_one_stamp_one_number_and_its_provenance() throws Exception {
      String id = newId();

      AuditContext.call(
          "ada",
          "spring cleaning",
          () -> {
            unit.commit(
                em -> {
                  persist(em, new Painting(id));
                  persist(em, new Ticket("C3"));
                  append(em, new Painting(id), "exhibited", Map.of("room", 4));
                });
            return true;
          });

      assertThat(
              unit.database()
                  .rows(
                      """
                      select count(*), count(distinct time_created), count(distinct transaction_id),
                        min(actor), max(actor), min(reason)
                      from palimpsest.event
                      where transaction_id = (select max(transaction_id) from palimpsest.event)
                      """))
          .containsExactly("3 1 1 ada ada spring cleaning");
    }

    @Test
    void without_a_scope_is_made_by_the_system() {
      String id = persisted(painting -> {});

      assertThat(
              unit.database()
                  .rows("select actor from palimpsest.event where object_id = '" + id + "'"))
          .containsExactly("system:application");
    }

    @Test
    void with_nothing_but_a_domain_event_writes_it() {
      String id = persisted(painting -> {});

      unit.commit(em -> append(em, em.find(Painting.class, id), "lent", Map.of("to", "Louvre")));

      assertThat(lastEvent(id)).isEqualTo("domain {\"to\": \"Louvre\"}");
    }

    @Test
    void that_appends_a_domain_event_after_a_flush_writes_all_its_events() {
      String id = newId();

      unit.commit(
          em -> {
            Painting painting = persist(em, new Painting(id));
            em.flush();
            append(em, painting, "hung", Map.of());
            append(em, painting, "sold", Map.of());
          });

      assertThat(events("Painting", id)).hasSize(3).endsWith("domain {}", "domain {}");
    }

    @Test
    void that_appends_a_domain_event_under_a_row_lock_writes_all_its_events() {
      String id = persisted(painting -> {});

      unit.commit(
          em -> {
            Painting painting = em.find(Painting.class, id, LockModeType.PESSIMISTIC_WRITE);
            painting.number = 5;
            append(em, painting, "renumbered", Map.of());
          });

      assertThat(events("Painting", id)).hasSize(3).contains("domain {}", "update {\"number\":5}");
    }

    @Test
    void of_one_entity_manager_does_not_inherit_from_the_one_before() {
      String id = newId();
      EntityManager em = unit.factory().createEntityManager();
      em.getTransaction().begin();
      persist(em, new Painting(newId()));
      em.flush();
      em.getTransaction().rollback();

      em.getTransaction().begin();
      persist(em, new Painting(id));
      em.getTransaction().commit();
      em.getTransaction().begin();
      em.find(Painting.class, id).number = 3;
      em.getTransaction().commit();
      em.close();

      assertThat(events("Painting", id)).hasSize(2);
      assertThat(lastEvent(id)).isEqualTo("update {\"number\":3}");
    }
  }

  @Nested
  class A_rebuilt_state {
    @Test
    void equals_what_a_fresh_entity_holds() {
      String id = persisted(CaptureConformance::fill);
      update(
          id,
          painting -> {
            painting.owners.add("c");
            painting.titles.remove("de");
            painting.price = new BigDecimal("9.99");
          });

      assertThat(differences("Painting", id)).isEmpty();
    }
  }

  /** Returns the attributes in which the rebuilt state and a freshly loaded entity differ. */
  private Map<String, String> differences(String type, String id) {
    EntityModel model = models.of(type).orElseThrow();
    Map<String, JsonValue> rebuilt = state(type, id).attributes();
    unit.factory().getCache().evictAll();
    return unit.call(
        em -> {
          Object live = em.find(model.entityClass(), model.identifier().primaryKey(id));
          Map<String, String> different = new TreeMap<>();
          model
              .attributes()
              .forEach(
                  attribute -> {
                    String now = attribute.text(live);
                    String then =
                        String.valueOf(rebuilt.getOrDefault(attribute.name(), JsonValue.NULL));
                    if (!JsonText.same(now, then)) {
                      different.put(attribute.name(), then + " but is " + now);
                    }
                  });
          return different;
        });
  }

  private static void fill(Painting painting) {
    painting.title = "Mona";
    painting.number = 7;
    painting.restored = true;
    painting.weight = 0.5;
    painting.price = new BigDecimal("1.50");
    painting.code = UUID.fromString("6f1e9f0c-6a4e-4a55-9c39-0d6a4f1c2b3d");
    painting.painted = LocalDate.of(1503, 1, 1);
    painting.opens = LocalTime.of(8, 30);
    painting.hung = LocalDateTime.parse("2020-02-29T23:59:59.123456789");
    painting.scanned = Instant.parse("2021-01-01T00:00:00.000001Z");
    painting.bought = java.sql.Date.valueOf("1999-12-31");
    painting.technique = Painting.Technique.TEMPERA;
    painting.visit = Duration.ofSeconds(90);
    painting.thumbnail = new byte[] {1, 2, 3};
    painting.owners.addAll(List.of("b", "a", "b"));
    painting.layers.addAll(Set.of(Painting.Technique.OIL, Painting.Technique.TEMPERA));
    painting.titles.putAll(Map.of("de", "Lisa", "fr", "Joconde"));
    painting.labels.add(new Label("en", "Oil \"x\""));
    painting.labels.add(new Label("de", "Öl"));
  }

  private String newId() {
    return "p" + ids.incrementAndGet();
  }

  /** Without the map, which EclipseLink 4.0.9 has loaded at the end of any flush (seen). */
  private List<String> loadedCollections(Painting painting) {
    return Stream.of("owners", "layers", "labels", "tickets")
        .filter(name -> unit.factory().getPersistenceUnitUtil().isLoaded(painting, name))
        .toList();
  }

  /** Reads what is lazy, so that it can be merged when detached. */
  private static Painting loaded(Painting painting) {
    assertThat(painting.owners).isNotEmpty();
    assertThat(painting.layers).isNotEmpty();
    assertThat(painting.titles).isNotEmpty();
    assertThat(painting.labels).isNotEmpty();
    assertThat(painting.tickets).isEmpty();
    return painting;
  }

  private static <T> T persist(EntityManager em, T entity) {
    em.persist(entity);
    return entity;
  }

  private String persisted(Consumer<Painting> change) {
    Painting painting = new Painting(newId());
    change.accept(painting);
    unit.commit(em -> em.persist(painting));
    return Objects.requireNonNull(painting.id);
  }

  private void update(String id, Consumer<Painting> change) {
    unit.commit(em -> change.accept(em.find(Painting.class, id)));
  }

  private void append(EntityManager em, Painting painting, String name, Map<String, Object> data) {
    provider.record(
        em,
        changes -> changes.appended(models.of(Painting.class).orElseThrow(), painting, name, data));
  }

  private State state(String type, Object id) {
    return rebuilder.at(new StreamId(type, id.toString()), Bound.none()).orElseThrow();
  }

  private String lastEvent(String id) {
    List<String> events = events("Painting", id);
    return events.get(events.size() - 1);
  }

  /** Operation and body of each event; bodies of JPA events with sorted keys and no white space. */
  private List<String> events(String type, Object id) {
    return unit
        .database()
        .rows(
            "select operation || ' ' || body from palimpsest.event e join palimpsest.content_type c"
                + " on c.id = content_type_id where name = '%s' and object_id = '%s' order by e.id"
                    .formatted(type, id))
        .stream()
        .map(CaptureConformance::sorted)
        .toList();
  }

  private static String sorted(String event) {
    String[] parts = event.split(" ", 2);
    if (parts[0].equals("domain")) {
      return event;
    }
    Map<String, JsonValue> body = new TreeMap<>(JsonText.parse(parts[1]).asJsonObject());
    return parts[0] + " " + JsonText.object(body);
  }
}
