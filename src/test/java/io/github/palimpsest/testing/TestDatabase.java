package io.github.palimpsest.testing;

import io.github.palimpsest.HistoryUnavailableException;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.SchemaMigration;
import io.github.palimpsest.run.EmbeddedDatabase;
import io.github.palimpsest.run.Login;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own on the run's PostgreSQL, with the schema palimpsest in it. */
public final class TestDatabase {
  private static final EmbeddedDatabase SERVER = EmbeddedDatabase.temporary();
  private static final AtomicInteger CREATED = new AtomicInteger();

  private final Login login;

  private TestDatabase(Login login) {
    this.login = login;
  }

  /** Creates a database and applies the library's change log as its owner. */
  public static TestDatabase create() {
    TestDatabase database = empty();
    try (Connection owner = database.connectAsOwner()) {
      SchemaMigration.migrate(owner, database.login.user());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return database;
  }

  /** Creates a database and nothing in it. */
  public static TestDatabase empty() {
    return new TestDatabase(SERVER.create("test" + CREATED.incrementAndGet()));
  }

  /** Returns how to get in. */
  public Login login() {
    return login;
  }

  /** Opens a connection of the application's role. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(login.url(), login.user(), login.password());
  }

  /** Opens a connection of the role that owns the schema palimpsest. */
  public Connection connectAsOwner() throws SQLException {
    return DriverManager.getConnection(login.url(), login.owner(), login.ownerPassword());
  }

  /** Lends a new connection for each call, in a transaction of its own. */
  public Connections connections() {
    return connections(this::connect);
  }

  /** The same as the role that owns the schema palimpsest. */
  public Connections ownerConnections() {
    return connections(this::connectAsOwner);
  }

  /** Lends one connection again and again, for many short reads; it is never closed. */
  public Connections oneConnection() {
    try {
      Connection connection = connect();
      connection.setAutoCommit(false);
      return new Connections() {
        @Override
        public <R> R call(Work<R> work) {
          return inTransaction(connection, work);
        }
      };
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <R> R inTransaction(Connection connection, Connections.Work<R> work) {
    try {
      R result = work.on(connection);
      connection.commit();
      return result;
    } catch (SQLException | InterruptedException e) {
      throw new HistoryUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  @FunctionalInterface
  private interface Opening {
    Connection open() throws SQLException;
  }

  private static Connections connections(Opening opening) {
    return new Connections() {
      @Override
      public <R> R call(Work<R> work) {
        try (Connection connection = opening.open()) {
          connection.setAutoCommit(false);
          return inTransaction(connection, work);
        } catch (SQLException e) {
          throw new HistoryUnavailableException(String.valueOf(e.getMessage()), e);
        }
      }
    };
  }

  /** Runs statements as the application's role. */
  public void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the rows of a query, columns joined with a blank, null as {@code null}. */
  public List<String> rows(String sql) {
    return rows(this::connect, sql);
  }

  /** The same as the role that owns the schema palimpsest. */
  public List<String> ownerRows(String sql) {
    return rows(this::connectAsOwner, sql);
  }

  private static List<String> rows(Opening opening, String sql) {
    try (Connection connection = opening.open()) {
      return rows(connection, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same on a connection of the caller's. */
  public static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          columns.add(String.valueOf(rows.getString(i)));
        }
        found.add(String.join(" ", columns));
      }
      return found;
    }
  }
}
