package io.github.palimpsest.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.event.Rows;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.StateSql;
import io.github.palimpsest.testing.LiveStates;
import io.github.palimpsest.testing.TestDatabase;
import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tries the kinds of one group on one variant. */
final class Trial implements AutoCloseable {
  private final Variant variant;
  private final TestUnit unit;
  private final EntityModels models;
  private final Rebuilder rebuilder;
  private final LiveComparison live;
  private final Restores restores;
  private final KeptConnection reading;
  private final Map<String, Optional<Rows>> rows = new HashMap<>();
  private int number;

  Trial(Variant variant, Kinds group, TestDatabase database) {
    this.variant = variant;
    this.unit = TestUnit.of(database, new MatrixUnit(variant, group).open(database));
    this.reading = new KeptConnection(database);
    this.models = variant.provider().models(unit.factory());
    this.rebuilder = new Rebuilder(reading, new EventReader(), Duration.ofSeconds(5));
    this.live =
        new LiveComparison(unit, models, new Picture(unit.factory().getPersistenceUnitUtil()));
    this.restores = new Restores(variant.provider(), unit, rebuilder, live);
    this.number = (int) Recorded.last(reading);
  }

  @Override
  public void close() {
    reading.close();
    unit.close();
  }

  /** Does the step with a new entity, and compares what was recorded with what is there then. */
  <E> Attempt run(Kind<E> kind, Step<E> step) {
    number++;
    assertThat(variant.isChanged(kind.entityClass())).as("bytecode of %s", kind.type()).isTrue();
    long before = Recorded.last(reading);
    E entity = unit.call(em -> persisted(em, kind));
    Object key = unit.factory().getPersistenceUnitUtil().getIdentifier(entity);
    Instant then = rebuilder.settled(null);
    if (!step.isPersist()) {
      before = Recorded.last(reading);
      unit.factory().getCache().evictAll();
      unit.commit(em -> step.run(em, em.find(kind.entityClass(), key), number));
    }
    List<Recorded> recorded = Recorded.after(reading, before);
    assertRecorded(recorded, step.events(variant), key);
    Set<StreamId> streams = new LinkedHashSet<>();
    streams.add(new StreamId(kind.type(), filled(kind.objectId(number), key)));
    recorded.forEach(each -> streams.add(each.stream()));
    streams.forEach(
        stream ->
            live.compare(
                stream, rebuilder.at(stream, Bound.none()).orElseThrow(), recorded.isEmpty()));
    compareWithSql(kind, filled(kind.objectId(number), key), recorded.isEmpty());
    return new Attempt(then, List.copyOf(streams));
  }

  /** Restores what was before the step, and compares it with what is there then. */
  void restore(Attempt attempt) {
    restores.run(attempt);
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
