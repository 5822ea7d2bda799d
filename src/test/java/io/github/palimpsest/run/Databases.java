package io.github.palimpsest.run;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Databases with two roles each. Every step may be repeated, so an interrupted one is completed.
 */
final class Databases {
  private static final String PASSWORD = "demo";

  private final EmbeddedPostgres server;

  Databases(EmbeddedPostgres server) {
    this.server = server;
  }

  Login create(String database) throws SQLException {
    if (!database.matches("[a-z][a-z0-9_]{0,50}")) {
      throw new IllegalArgumentException("not a lower-case SQL identifier: " + database);
    }
    String owner = database + "_owner";
    String application = database + "_app";
    try (Connection connection = server.getPostgresDatabase().getConnection()) {
      createRole(connection, owner);
      createRole(connection, application);
      createDatabase(connection, database, owner);
    }
    try (Connection connection = server.getDatabase("postgres", database).getConnection()) {
      grant(connection, database, application);
    }
    String url = "jdbc:postgresql://localhost:" + server.getPort() + "/" + database;
    return new Login(url, application, PASSWORD, owner, PASSWORD);
  }

  private static void createRole(Connection connection, String role) throws SQLException {
    if (!exists(connection, "select 1 from pg_roles where rolname = ?", role)) {
      execute(connection, "create role " + role + " login password '" + PASSWORD + "'");
    }
  }

  private static void createDatabase(Connection connection, String database, String owner)
      throws SQLException {
    if (!exists(connection, "select 1 from pg_database where datname = ?", database)) {
      execute(connection, "create database " + database + " owner " + owner);
    }
  }

  private static void grant(Connection connection, String database, String application)
      throws SQLException {
    execute(connection, "revoke all on database " + database + " from public");
    execute(connection, "grant connect, temporary on database " + database + " to " + application);
    execute(connection, "create schema if not exists public");
    execute(connection, "alter schema public owner to " + application);
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
