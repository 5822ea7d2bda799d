package io.github.palimpsest.rebuild;

import io.github.palimpsest.Page;
import io.github.palimpsest.TypeQuery;
import io.github.palimpsest.Where;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks for objects of a type, rebuilt.
 *
 * @param source of the states
 * @param model of the type
 * @param asOf the instant, not settled yet
 * @param query which states
 * @param after where the page begins; null for the beginning
 * @param limit objects of a page
 */
public record RebuiltTypeQuery<T>(
    Source<T> source,
    EntityModel model,
    Instant asOf,
    StateQuery query,
    @Nullable String after,
    int limit)
    implements TypeQuery<T> {
  /**
   * Where the objects come from.
   *
   * @param rebuilder of their database
   * @param models of their persistence unit
   * @param entities makes them of their states
   */
  public record Source<T>(
      Rebuilder rebuilder, EntityModels models, Function<List<State>, List<T>> entities) {
    private StateSearch search() {
      return new StateSearch(rebuilder, models);
    }
  }

  private static final int DEFAULT_LIMIT = 100;
  private static final int BATCH = 500;

  public RebuiltTypeQuery {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be 1 or more, was " + limit);
    }
  }

  /** Returns the query of all objects of a type. */
  public static <T> RebuiltTypeQuery<T> all(Source<T> source, EntityModel model, Instant asOf) {
    return new RebuiltTypeQuery<>(
        source, model, asOf, StateQuery.all(model.contentType()), null, DEFAULT_LIMIT);
  }

  @Override
  public Where<TypeQuery<T>> where(String text) {
    AttributePath path = path(text);
    return new Where<>(path::compared, condition -> with(query.where(path, condition)));
  }

  @Override
  public TypeQuery<T> orderBy(String text) {
    return with(query.orderBy(path(text), false));
  }

  @Override
  public TypeQuery<T> orderByDescending(String text) {
    return with(query.orderBy(path(text), true));
  }

  @Override
  public TypeQuery<T> limit(int objects) {
    return new RebuiltTypeQuery<>(source, model, asOf, query, after, objects);
  }

  @Override
  public TypeQuery<T> after(String cursor) {
    return new RebuiltTypeQuery<>(source, model, asOf, query, cursor, limit);
  }

  @Override
  public Page<T> page() {
    Instant settled = settled();
    StateSearch search = source.search();
    Page<State> page =
        Page.of(
            search.states(query, settled, cursor(), limit + 1).limit(limit + 1L).toList(),
            limit,
            state -> search.place(query, state, settled).text());
    return new Page<>(source.entities().apply(page.items()), page.next());
  }

  @Override
  public Stream<T> stream() {
    Instant settled = settled();
    return Batches.of(source.search().states(query, settled, cursor(), Integer.MAX_VALUE), BATCH)
        .flatMap(states -> source.entities().apply(states).stream());
  }

  @Override
  public long count() {
    return source.search().count(query, settled());
  }

  @Override
  public Optional<T> first() {
    return source.search().first(query, settled()).map(this::entity);
  }

  @Override
  public Optional<T> last() {
    return source.search().last(query, settled()).map(this::entity);
  }

  private T entity(State state) {
    return source.entities().apply(List.of(state)).get(0);
  }

  private Instant settled() {
    return source.rebuilder().settled(asOf);
  }

  private @Nullable StateCursor cursor() {
    return after == null ? null : StateCursor.parse(after, query.orders().size());
  }

  private AttributePath path(String text) {
    return new AttributePaths(source.models()).of(model, text);
  }

  private TypeQuery<T> with(StateQuery another) {
    return new RebuiltTypeQuery<>(source, model, asOf, another, after, limit);
  }
}
