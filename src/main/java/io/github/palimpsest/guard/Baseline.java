package io.github.palimpsest.guard;

import static java.lang.System.Logger.Level.INFO;

import io.github.palimpsest.InexpressibleTypeException;
import io.github.palimpsest.NotSettledException;
import io.github.palimpsest.UnknownTypeException;
import io.github.palimpsest.event.BaselineWriter;
import io.github.palimpsest.event.BaselineWriter.Page;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.ContentTypes;
import io.github.palimpsest.event.Provenance;
import io.github.palimpsest.event.Rows;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.StateSql;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
  private final HeldWriters heldWriters;
  private final int batch;
  private final Map<String, BaselineProgress> progress = new ConcurrentHashMap<>();

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
    this.heldWriters = new HeldWriters(connections, timeout);
    this.batch = batch;
  }

  /**
   * Records the present state of every object of a type whose history has no full state. What a
   * failure leaves undone, the next call does.
   *
   * @param reason recorded with the events
   * @return how many objects
   * @throws UnknownTypeException if no entity class has this content type
   * @throws InexpressibleTypeException if an attribute cannot be expressed in SQL
   * @throws IllegalArgumentException if the reason cannot be stored
   * @throws NotSettledException if transactions being committed did not end in time
   */
  public long record(String contentType, String reason) {
    Reasons.require(reason);
    EntityModel model =
        models.of(contentType).orElseThrow(() -> new UnknownTypeException(contentType));
    BaselineWriter writer =
        new BaselineWriter(contentType, model.schemaVersion(), expressed(model));
    connections.call(
        connection -> {
          new ContentTypes().register(connection, List.of(model.asContentType()));
          return true;
        });
    return record(contentType, writer, Reasons.provenance(reason, fallbackActor));
  }

  private Rows expressed(EntityModel model) {
    try {
      return sql.apply(model).asRows();
    } catch (IllegalArgumentException e) {
      throw new InexpressibleTypeException(model.contentType(), e);
    }
  }

  /** Returns how far the baseline of a type is that runs here, or ran last. */
  public BaselineProgress progress(String contentType) {
    return progress.getOrDefault(contentType, new BaselineProgress(false, 0, 0));
  }

  private long record(String contentType, BaselineWriter writer, Provenance provenance) {
    BaselineProgress now = new BaselineProgress(true, 0, 0);
    progress.put(contentType, now);
    try {
      List<String> after = List.of();
      Optional<Page> page = page(writer, after);
      while (page.isPresent()) {
        List<String> last = page.get().last();
        long recorded = page.get().due() == 0 ? 0 : append(writer, after, last, provenance);
        now = new BaselineProgress(true, now.rows() + page.get().rows(), now.recorded() + recorded);
        progress.put(contentType, now);
        if (recorded > 0) {
          LOG.log(
              INFO,
              "Baseline of {0}: {1} recorded of {2} rows",
              contentType,
              now.recorded(),
              now.rows());
        }
        after = last;
        page = page(writer, after);
      }
    } finally {
      progress.put(contentType, new BaselineProgress(false, now.rows(), now.recorded()));
    }
    return now.recorded();
  }

  private long append(
      BaselineWriter writer, List<String> after, List<String> last, Provenance provenance) {
    return heldWriters.call(connection -> writer.append(connection, after, last, provenance));
  }

  private Optional<Page> page(BaselineWriter writer, List<String> after) {
    return connections.call(connection -> writer.page(connection, after, batch));
  }
}
