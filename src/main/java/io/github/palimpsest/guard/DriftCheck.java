package io.github.palimpsest.guard;

import static java.lang.System.Logger.Level.INFO;

import io.github.palimpsest.Drift;
import io.github.palimpsest.DriftedObject;
import io.github.palimpsest.DriftedObject.Kind;
import io.github.palimpsest.HistoryUnavailableException;
import io.github.palimpsest.InexpressibleTypeException;
import io.github.palimpsest.UnknownTypeException;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.LiveRows;
import io.github.palimpsest.event.LiveRows.LiveRow;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares live rows with rebuilt states: both in the order of object ids, side by side, in one
 * transaction that sees one snapshot. A transaction commits its rows and its events at once, so a
 * snapshot has both or neither of it, and nobody need wait (ADR 0019). Safe for threads.
 */
public final class DriftCheck {
  private static final System.Logger LOG = System.getLogger(DriftCheck.class.getName());
  private static final int AT_ONCE = 500;
  private static final int ROWS_PER_REPORT = 100_000;

  private static final String ONE_SNAPSHOT =
      "set transaction isolation level repeatable read, read only";

  private static final String ISOLATION = "select current_setting('transaction_isolation')";

  private final Connections connections;
  private final EntityModels models;
  private final Function<EntityModel, LiveRows> rows;
  private final Function<Connections, Rebuilder> rebuilders;

  /**
   * Creates a check.
   *
   * @param connections each call must be a transaction of its own, in which nothing ran before
   * @param rows reads the live rows of a type; throws IllegalArgumentException, which names the
   *     attribute, if they cannot be read as states
   * @param rebuilders a rebuilder on these connections
   */
  public DriftCheck(
      Connections connections,
      EntityModels models,
      Function<EntityModel, LiveRows> rows,
      Function<Connections, Rebuilder> rebuilders) {
    this.connections = connections;
    this.models = models;
    this.rows = rows;
    this.rebuilders = rebuilders;
  }

  /**
   * Returns in what the rows of a type and its history differ.
   *
   * @param after object id to begin after, empty for the beginning
   * @param limit at most so many objects are listed; all are counted
   * @throws UnknownTypeException if no entity class has this content type
   * @throws InexpressibleTypeException if its rows cannot be read as states
   */
  public Drift check(String contentType, String after, int limit) {
    return check(contentType, after, limit, drift -> true);
  }

  /** Returns the first that differ and stops there: the counts are of them only. */
  Drift first(String contentType, String after, int limit) {
    return check(contentType, after, limit, count -> count < limit);
  }

  EntityModel model(String contentType) {
    return models.of(contentType).orElseThrow(() -> new UnknownTypeException(contentType));
  }

  LiveRows rows(EntityModel model) {
    try {
      return rows.apply(model);
    } catch (IllegalArgumentException e) {
      throw new InexpressibleTypeException(model.contentType(), e);
    }
  }

  /** Returns a rebuilder that reads on {@code connection} only. */
  Rebuilder rebuilder(Connection connection) {
    return rebuilders.apply(new Borrowed(connection));
  }

  private Drift check(String contentType, String after, int limit, Predicate<Long> goesOn) {
    EntityModel model = model(contentType);
    LiveRows live = rows(model);
    return connections.call(
        connection -> {
          requireOneSnapshot(connection);
          Tally tally = new Tally(model, limit);
          Iterator<State> states =
              rebuilder(connection).all(contentType, Bound.none().time(), after).iterator();
          try (LiveRows.Cursor cursor = live.inOrder(connection, after, AT_ONCE)) {
            merge(cursor, states, tally, goesOn);
          }
          return tally.drift();
        });
  }

  private static void merge(
      LiveRows.Cursor cursor, Iterator<State> states, Tally tally, Predicate<Long> goesOn)
      throws SQLException {
    Optional<LiveRow> row = cursor.next();
    @Nullable State state = next(states);
    while ((row.isPresent() || state != null) && goesOn.test(tally.drifted)) {
      int order = order(row, state);
      tally.add(order <= 0 && row.isPresent() ? row.get() : null, order >= 0 ? state : null);
      row = order <= 0 ? cursor.next() : row;
      state = order >= 0 ? next(states) : state;
    }
  }

  private static @Nullable State next(Iterator<State> states) {
    return states.hasNext() ? states.next() : null;
  }

  /** Who is at its end comes last. */
  private static int order(Optional<LiveRow> row, @Nullable State state) {
    if (row.isEmpty()) {
      return 1;
    }
    return state == null ? -1 : order(row.get().objectId(), state.stream().objectId());
  }

  /** The order of code points, in which PostgreSQL sorts by the collation "C". */
  static int order(String one, String other) {
    return one.equals(other)
        ? 0
        : Arrays.compareUnsigned(
            one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static void requireOneSnapshot(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(ONE_SNAPSHOT);
    }
    try (PreparedStatement statement = connection.prepareStatement(ISOLATION);
        ResultSet row = statement.executeQuery()) {
      row.next();
      if (!row.getString(1).equals("repeatable read")) {
        throw new SQLException("a drift check needs a transaction of its own");
      }
    }
  }

  /** Lends one connection again and again. */
  private record Borrowed(Connection connection) implements Connections {
    @Override
    public <R> R call(Work<R> work) {
      try {
        return work.on(connection);
      } catch (SQLException e) {
        throw new HistoryUnavailableException(
            "The database could not answer (SQLState %s).".formatted(e.getSQLState()), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new HistoryUnavailableException("The server is stopping.", e);
      }
    }
  }

  /** Counts, and keeps the first. */
  private static final class Tally {
    private final EntityModel model;
    private final int limit;
    private final List<DriftedObject> objects = new ArrayList<>();
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private long compared;
    private long drifted;

    Tally(EntityModel model, int limit) {
      this.model = model;
      this.limit = limit;
    }

    void add(@Nullable LiveRow row, @Nullable State state) {
      Comparison comparison =
          row == null
              ? Comparison.of(Objects.requireNonNull(state).stream().objectId(), null, state)
              : Comparison.of(row.objectId(), row.state(), state);
      comparison.drift(model).ifPresent(this::add);
      compared++;
      if (compared % ROWS_PER_REPORT == 0) {
        LOG.log(
            INFO,
            "Drift check of {0}: {1} compared, {2} differ",
            model.contentType(),
            compared,
            drifted);
      }
    }

    private void add(DriftedObject object) {
      counts.merge(object.kind(), 1L, Long::sum);
      drifted++;
      if (objects.size() < limit) {
        objects.add(object);
      }
    }

    Drift drift() {
      return new Drift(
          compared,
          counts.getOrDefault(Kind.MISSING, 0L),
          counts.getOrDefault(Kind.EXTRA, 0L),
          counts.getOrDefault(Kind.DIFFERENT, 0L),
          objects);
    }
  }
}
