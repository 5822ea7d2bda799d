package io.github.palimpsest.matrix;

import io.github.palimpsest.event.Connections;
import io.github.palimpsest.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Lends one connection again and again: to open one takes longer than most queries. */
final class KeptConnection implements Connections, AutoCloseable {
  private final Connection connection;

  KeptConnection(TestDatabase database) {
    try {
      connection = database.connect();
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public <R> R call(Work<R> work) {
    try {
      R result = work.on(connection);
      connection.commit();
      return result;
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the first column of the rows of a query. */
  List<String> rows(String sql) {
    return call(
        opened -> {
          try (Statement statement = opened.createStatement();
              ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
              found.add(rows.getString(1));
            }
            return found;
          }
        });
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
