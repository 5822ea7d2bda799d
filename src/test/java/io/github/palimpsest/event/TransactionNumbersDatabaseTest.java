package io.github.palimpsest.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TransactionNumbersDatabaseTest {
  private static final Pattern REMEDY = Pattern.compile("in psql by: (do .*?; end \\$\\$);");

  private final TestDatabase database = TestDatabase.create();

  TransactionNumbersDatabaseTest() {
    database.execute(
        "insert into palimpsest.content_type (name, entity_class, id_shape)"
            + " values ('Thing', 'x.Thing', '{}')");
  }

  /** As a dump of another server's history is restored. */
  private void insert(String transaction) {
    database.execute(
        """
        insert into palimpsest.event (time_created, content_type_id, object_id, operation, source,
          schema_version, transaction_id, actor, body)
        values (palimpsest.stamp(), 1, '1', 'persist', 'jpa', 1, %s, 'ada', '{}')
        """
            .formatted(transaction));
  }

  private void require() throws SQLException {
    try (Connection connection = database.connect()) {
      TransactionNumbers.requireGiven(connection);
    }
  }

  @Test
  void of_this_server_are_taken() throws SQLException {
    require();
    insert("pg_current_xact_id()::text::bigint");

    require();
  }

  @Test
  void that_would_come_again_are_refused_until_the_server_is_past_them() throws SQLException {
    insert("pg_current_xact_id()::text::bigint + 3000");

    assertThatThrownBy(this::require)
        .isInstanceOfSatisfying(
            IllegalStateException.class,
            refusal -> {
              assertThat(refusal)
                  .hasMessageContaining("was written on another server")
                  .hasMessageContaining("pg_resetwal --epoch=1.");
              assertThatCode(() -> follow(String.valueOf(refusal.getMessage())))
                  .doesNotThrowAnyException();
            });

    require();
  }

  private void follow(String message) throws SQLException {
    Matcher remedy = REMEDY.matcher(message);
    assertThat(remedy.find()).isTrue();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(remedy.group(1));
    }
  }

  @Test
  void are_asked_for_when_the_schema_is_brought_up_to_date() throws SQLException {
    insert("pg_current_xact_id()::text::bigint + (1::bigint << 33)");

    try (Connection owner = database.connectAsOwner()) {
      assertThatThrownBy(() -> SchemaMigration.migrate(owner, database.login().user()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("pg_resetwal --epoch=3.");
    }
  }
}
