package io.github.palimpsest.guard;

import static java.lang.System.Logger.Level.INFO;

import io.github.palimpsest.AuditContext;
import io.github.palimpsest.HistoryUnavailableException;
import io.github.palimpsest.NotSettledException;
import io.github.palimpsest.UnknownTypeException;
import io.github.palimpsest.event.BaselineWriter;
import io.github.palimpsest.event.BaselineWriter.Page;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.EventWriter;
import io.github.palimpsest.event.Provenance;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.StateSql;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Gives every row that has none its first full state in the history, while the application goes on
 * writing. Safe for threads and on several nodes: no object gets two.
 */
public final class Baseline {
  private static final System.Logger LOG = System.getLogger(Baseline.class.getName());

  private final Connections connections;
  private final EntityModels models;
  private final Function<EntityModel, StateSql> sql;
  private final Supplier<String> fallbackActor;
  private final Duration timeout;
  private final int batch;

  /**
   * Creates a baseline.
   *
   * @param connections each call must be a transaction of its own
   * @param sql an entity class in the words of SQL
   * @param fallbackActor who acts, when no audit scope tells
   * @param timeout how long a batch waits for transactions being committed
   * @param batch number of rows in one transaction: writers wait for one at most
   */
  public Baseline(
      Connections connections,
      EntityModels models,
      Function<EntityModel, StateSql> sql,
      Supplier<String> fallbackActor,
      Duration timeout,
      int batch) {
    this.connections = connections;
    this.models = models;
    this.sql = sql;
    this.fallbackActor = fallbackActor;
    this.timeout = timeout;
    this.batch = batch;
  }

  /**
   * Records the present state of every object of a type whose history has no full state. What a
   * failure leaves undone, the next call does.
   *
   * @param reason recorded with the events
   * @return how many objects
   * @throws UnknownTypeException if no entity class has this content type
   * @throws IllegalArgumentException if an attribute cannot be expressed in SQL, or the reason
   *     cannot be stored
   * @throws NotSettledException if transactions being committed did not end in time
   */
  public long record(String contentType, String reason) {
    if (!AuditContext.isAcceptable(reason)) {
      throw new IllegalArgumentException(
          "reason must have 1 to %d characters".formatted(AuditContext.LONGEST));
    }
    EntityModel model =
        models.of(contentType).orElseThrow(() -> new UnknownTypeException(contentType));
    BaselineWriter writer =
        new BaselineWriter(contentType, model.schemaVersion(), sql.apply(model).asRows());
    connections.call(
        connection -> {
          new EventWriter().register(connection, List.of(model.asContentType()));
          return true;
        });
    return record(contentType, writer, provenance(reason));
  }

  private long record(String contentType, BaselineWriter writer, Provenance provenance) {
    long recorded = 0;
    long rows = 0;
    List<String> after = List.of();
    Optional<Page> page = page(writer, after);
    while (page.isPresent()) {
      rows += page.get().rows();
      if (page.get().due() > 0) {
        recorded += append(writer, after, page.get().last(), provenance);
        LOG.log(INFO, "Baseline of {0}: {1} recorded of {2} rows", contentType, recorded, rows);
      }
      after = page.get().last();
      page = page(writer, after);
    }
    return recorded;
  }

  private Optional<Page> page(BaselineWriter writer, List<String> after) {
    return connections.call(connection -> writer.page(connection, after, batch));
  }

  private int append(
      BaselineWriter writer, List<String> after, List<String> last, Provenance provenance) {
    long deadline = System.nanoTime() + timeout.toNanos();
    OptionalInt recorded = tryAppend(writer, after, last, provenance);
    while (recorded.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new NotSettledException(timeout);
      }
      recorded = tryAppend(writer, after, last, provenance);
    }
    return recorded.getAsInt();
  }

  /** Afterwards the writers have as much time for themselves as this took. */
  private OptionalInt tryAppend(
      BaselineWriter writer, List<String> after, List<String> last, Provenance provenance) {
    long start = System.nanoTime();
    OptionalInt recorded =
        connections.call(
            connection ->
                writer.holdWriters(connection)
                    ? OptionalInt.of(writer.append(connection, after, last, provenance))
                    : OptionalInt.empty());
    pause(Duration.ofNanos(System.nanoTime() - start));
    return recorded;
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HistoryUnavailableException("The server is stopping.", e);
    }
  }

  private Provenance provenance(String reason) {
    Provenance known = AuditContext.provenance(fallbackActor);
    return new Provenance(known.actor(), reason, known.correlationId());
  }
}
