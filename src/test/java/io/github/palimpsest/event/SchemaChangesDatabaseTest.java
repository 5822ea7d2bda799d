package io.github.palimpsest.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Asked as the application's role, which does not own the schema. */
class SchemaChangesDatabaseTest {
  @Test
  void nothing_is_missing_after_a_migration() throws SQLException {
    assertThat(missing(TestDatabase.create())).isEmpty();
  }

  @Test
  void all_is_missing_in_an_empty_database() throws SQLException {
    assertThat(missing(TestDatabase.empty()))
        .startsWith("0001-content-type", "0002-event")
        .contains("0045-applied-changes")
        .isEqualTo(SchemaChanges.needed());
  }

  @Test
  void what_an_older_version_did_not_have_is_missing() throws SQLException {
    TestDatabase database = TestDatabase.create();
    asOwner(
        database,
        "delete from palimpsest.databasechangelog where id in ('0016-one-stamp', '0013-hold-writers')");

    assertThat(missing(database)).containsExactly("0013-hold-writers", "0016-one-stamp");
  }

  @Test
  void all_is_missing_in_a_version_that_could_not_tell() throws SQLException {
    TestDatabase database = TestDatabase.create();
    asOwner(database, "drop function palimpsest.applied_changes()");

    assertThat(missing(database)).isEqualTo(SchemaChanges.needed());
  }

  @Test
  void grants_are_missing_where_another_role_was_the_writer() throws SQLException {
    TestDatabase database = TestDatabase.create();
    asOwner(database, "revoke usage on schema palimpsest from " + database.login().user());

    assertThat(missing(database)).containsExactly("0011-writer-grants");
  }

  @Test
  void a_team_may_keep_its_change_log_elsewhere() throws SQLException {
    TestDatabase database = TestDatabase.create();
    asOwner(
        database,
        "create schema team",
        "alter table palimpsest.databasechangelog set schema team",
        "alter table team.databasechangelog rename to applied");

    assertThat(missing(database)).isEmpty();
  }

  @Test
  void who_made_the_schema_without_liquibase_is_believed() throws SQLException {
    TestDatabase database = TestDatabase.create();
    asOwner(database, "drop table palimpsest.databasechangelog");

    assertThat(missing(database)).isEmpty();
  }

  @Test
  void a_change_log_of_another_role_says_nothing() throws SQLException {
    TestDatabase database = TestDatabase.create();
    asOwner(database, "delete from palimpsest.databasechangelog where id = '0016-one-stamp'");
    database.execute(
        "create table databasechangelog as select '0016-one-stamp' as id, 'palimpsest' as author,"
            + " '' as filename, '' as md5sum, 1 as orderexecuted, '' as exectype");

    assertThat(missing(database)).containsExactly("0016-one-stamp");
  }

  private static List<String> missing(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      return SchemaChanges.missing(connection);
    }
  }

  private static void asOwner(TestDatabase database, String... statements) throws SQLException {
    try (Connection owner = database.connectAsOwner();
        Statement statement = owner.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }
}
