package io.github.palimpsest.it;

import io.github.palimpsest.run.Login;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A database of an application, asked past the server; it has to run only when it is asked.
 *
 * @param known the way in; null for the demo's
 * @param isOwner whether as the owner of the history's schema, or as the application
 */
record Database(@Nullable Login known, boolean isOwner) {
  /** A row as a value. */
  @FunctionalInterface
  interface Mapper<R> {
    R map(ResultSet row) throws SQLException;
  }

  static Database application() {
    return new Database(null, false);
  }

  static Database owner() {
    return new Database(null, true);
  }

  private Login login() {
    return known == null ? SharedPayara.login() : known;
  }

  /** Returns the role that asks. */
  String user() {
    Login login = login();
    return isOwner ? login.owner() : login.user();
  }

  Connection connect() {
    Login login = login();
    try {
      return DriverManager.getConnection(
          login.url(), user(), isOwner ? login.ownerPassword() : login.password());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  <R> List<R> rows(String sql, Mapper<R> mapper, Object... parameters) {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<R> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(mapper.map(rows));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Returns the number in the one row of a query. */
  long number(String sql, Object... parameters) {
    return rows(sql, row -> row.getLong(1), parameters).get(0);
  }

  /** Returns the clock that stamps events. */
  Instant now() {
    return rows(
            "select clock_timestamp()", row -> row.getObject(1, OffsetDateTime.class).toInstant())
        .get(0);
  }
}
