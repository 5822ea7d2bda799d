package io.github.palimpsest.testing;

import io.github.palimpsest.event.ContentType;
import io.github.palimpsest.event.ContentTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Transactions that take their positions early, their stamps later, commit in any order, and
 * sometimes not at all: what a feed has to bear.
 *
 * @param connections opens one for each writer
 * @param seed of what is random
 */
public record UnorderedWriters(Callable<Connection> connections, long seed) {
  /** Whose events they write; an object for each writer. */
  public static final String TYPE = "Tick";

  /** Name of the event that is written last. */
  public static final String END = "end";

  private static final int WRITERS = 12;
  private static final String INSERT =
      """
      insert into palimpsest.event (id, time_created, content_type_id, object_id, operation, type,
        source, schema_version, transaction_id, actor, body)
      select ?, palimpsest.stamp(), (select id from palimpsest.content_type where name = 'Tick'), ?,
        'domain', ?, 'application', 1, pg_current_xact_id()::text::bigint, 'clock', '{"n": 1}'
      """;

  /** Runs so many transactions, and then one whose event ends it all; returns when they ended. */
  public void run(int transactions) throws Exception {
    try (Connection connection = connections.call()) {
      new ContentTypes()
          .register(connection, List.of(new ContentType(TYPE, List.of(), "clock", Map.of())));
    }
    AtomicInteger left = new AtomicInteger(transactions);
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        String object = Integer.toString(writer);
        Random random = new Random(seed + writer);
        all.add(threads.submit(() -> write(object, left, random)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdown();
    }
    try (Connection connection = connections.call()) {
      connection.setAutoCommit(false);
      insert(connection, position(connection), "end", END);
      connection.commit();
    }
  }

  private Void write(String object, AtomicInteger left, Random random) throws Exception {
    try (Connection connection = connections.call()) {
      connection.setAutoCommit(false);
      while (left.getAndDecrement() > 0) {
        write(connection, object, random);
      }
    }
    return null;
  }

  private static void write(Connection connection, String object, Random random)
      throws SQLException {
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      positions.add(position(connection));
    }
    pause(random, 40, 20);
    for (long position : positions) {
      insert(connection, position, object, "ticked");
    }
    pause(random, 20, 20);
    if (random.nextInt(500) == 0) {
      pause(random, 1, 400);
    }
    if (random.nextInt(20) == 0) {
      connection.rollback();
    } else {
      connection.commit();
    }
  }

  /** One time in so many, up to so many milliseconds. */
  private static void pause(Random random, int times, int millis) {
    if (random.nextInt(times) == 0) {
      LockSupport.parkNanos(random.nextInt(1, millis * 1000) * 1000L);
    }
  }

  private static long position(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select nextval('palimpsest.event_id')")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void insert(Connection connection, long position, String object, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setLong(1, position);
      statement.setString(2, object);
      statement.setString(3, name);
      statement.executeUpdate();
    }
  }
}
