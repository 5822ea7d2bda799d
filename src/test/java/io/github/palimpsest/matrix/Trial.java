package io.github.palimpsest.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.event.JsonOrder;
import io.github.palimpsest.event.Rows;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.JsonText;
import io.github.palimpsest.state.StateSql;
import io.github.palimpsest.testing.LiveStates;
import io.github.palimpsest.testing.TestDatabase;
import io.github.palimpsest.testing.TestUnit;
import jakarta.json.JsonValue;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Tries the kinds of one group on one variant. */
final class Trial implements AutoCloseable {
  private final Variant variant;
  private final TestUnit unit;
  private final EntityModels models;
  private final Rebuilder rebuilder;
  private final Picture picture;
  private final KeptConnection reading;
  private final Map<String, Optional<Rows>> rows = new HashMap<>();
  private int number;

  Trial(Variant variant, Kinds group, TestDatabase database) {
    this.variant = variant;
    this.unit = TestUnit.of(database, new MatrixUnit(variant, group).open(database));
    this.reading = new KeptConnection(database);
    this.models = variant.provider().models(unit.factory());
    this.rebuilder = new Rebuilder(reading, new EventReader(), Duration.ofSeconds(5));
    this.picture = new Picture(unit.factory().getPersistenceUnitUtil());
    this.number = (int) Recorded.last(reading);
  }

  @Override
  public void close() {
    reading.close();
    unit.close();
  }

  /** Does the step with a new entity, and compares what was recorded with what is there then. */
  <E> void run(Kind<E> kind, Step<E> step) {
    number++;
    assertThat(variant.isChanged(kind.entityClass())).as("bytecode of %s", kind.type()).isTrue();
    boolean isPersist = step.name().equals(Kind.PERSIST);
    long before = Recorded.last(reading);
    E entity = unit.call(em -> persisted(em, kind));
    Object key = unit.factory().getPersistenceUnitUtil().getIdentifier(entity);
    if (!isPersist) {
      before = Recorded.last(reading);
      unit.factory().getCache().evictAll();
      unit.commit(em -> step.run(em, em.find(kind.entityClass(), key), number));
    }
    List<Recorded> recorded = Recorded.after(reading, before);
    assertRecorded(recorded, step.events(variant), key);
    Set<StreamId> streams = new LinkedHashSet<>();
    streams.add(new StreamId(kind.type(), filled(kind.objectId(number), key)));
    recorded.forEach(each -> streams.add(each.stream()));
    streams.forEach(stream -> compare(stream, recorded.isEmpty()));
    compareWithSql(kind, filled(kind.objectId(number), key), recorded.isEmpty());
  }

  private <E> E persisted(EntityManager em, Kind<E> kind) {
    E entity = kind.make(em, number);
    kind.steps().get(0).run(em, entity, number);
    return entity;
  }

  private String filled(String text, Object key) {
    return text.replace("$n", String.valueOf(number)).replace("$id", String.valueOf(key));
  }

  private void assertRecorded(List<Recorded> recorded, List<String> events, Object key) {
    List<String> expected = events.stream().map(each -> filled(each, key)).toList();
    List<Recorded> surplus =
        recorded.stream().filter(each -> expected.stream().noneMatch(each::is)).toList();
    List<String> missing =
        expected.stream()
            .filter(text -> recorded.stream().noneMatch(each -> each.is(text)))
            .toList();
    assertThat(surplus.isEmpty() && missing.isEmpty() && recorded.size() == expected.size())
        .withFailMessage("recorded %s instead of %s", surplus, missing)
        .isTrue();
  }

  /**
   * The rebuilt state against a fresh entity: as text, and as an entity made from it.
   *
   * @param isWithoutEvent then the version alone may have moved on
   */
  private void compare(StreamId stream, boolean isWithoutEvent) {
    EntityModel model = models.of(stream.contentType()).orElseThrow();
    State state = rebuilder.at(stream, Bound.none()).orElseThrow();
    unit.factory().getCache().evictAll();
    unit.commit(
        em -> {
          Object key = model.identifier().primaryKey(stream.objectId());
          Object live = em.find(model.entityClass(), key);
          assertThat(live == null).as("%s is gone", stream).isEqualTo(state.isTombstone());
          if (live != null) {
            Map<String, String> differences = differences(em, model, state, live);
            model.attributes().stream()
                .filter(each -> each.isVersion() && isWithoutEvent)
                .forEach(version -> differences.remove(version.name()));
            assertThat(differences).as("%s", stream).isEmpty();
          }
        });
  }

  private Map<String, String> differences(
      EntityManager em, EntityModel model, State state, Object live) {
    Map<String, String> differences = new TreeMap<>();
    Object made = model.instantiate(state.attributes(), em::find);
    for (Attribute attribute : model.attributes()) {
      JsonValue then = state.attributes().get(attribute.name());
      String now = attribute.text(live);
      if (then == null || !JsonOrder.isSame(JsonText.parse(now), then)) {
        differences.put(attribute.name(), "rebuilt %s, but is %s".formatted(then, now));
      }
      String was = picture(attribute, made);
      String is = picture(attribute, live);
      if (!attribute.isVersion() && !was.equals(is)) {
        differences.put(attribute.name() + " as object", "made %s, but is %s".formatted(was, is));
      }
    }
    return differences;
  }

  private String picture(Attribute attribute, Object owner) {
    Object value = attribute.accessor().get(owner);
    return attribute.isOrdered() ? picture.ofOrdered(value) : picture.of(value);
  }

  private void compareWithSql(Kind<?> kind, String objectId, boolean isWithoutEvent) {
    Optional<Rows> expressed = rows.computeIfAbsent(kind.type(), this::inSql);
    assertThat(expressed.isPresent())
        .as("rows can be read in SQL")
        .isEqualTo(kind.isInSql(variant.provider()));
    expressed.ifPresent(
        all -> {
          Rows one =
              new Rows(
                  all.from(),
                  "%s and %s = %s"
                      .formatted(all.condition(), all.objectId(), StateSql.literal(objectId)),
                  all.keys(),
                  all.objectId(),
                  all.state());
          Stream<State> rebuilt =
              rebuilder.at(new StreamId(kind.type(), objectId), Bound.none()).stream()
                  .filter(state -> !state.isTombstone());
          assertThat(LiveStates.read(reading::rows, one).differences(rebuilt))
              .as("in SQL")
              .filteredOn(each -> !isWithoutEvent || !each.contains(".version: "))
              .isEmpty();
        });
  }

  private Optional<Rows> inSql(String type) {
    try {
      return Optional.of(
          variant.provider().sql(unit.factory(), models.of(type).orElseThrow()).asRows());
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageMatching("attribute .* (has a mapping that SQL cannot|lies in).*");
      return Optional.empty();
    }
  }
}
