package io.github.palimpsest.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.ConflictException;
import io.github.palimpsest.HistoryException;
import io.github.palimpsest.HistoryUnavailableException;
import io.github.palimpsest.PositionChangedException;
import io.github.palimpsest.StreamDeletedException;
import jakarta.json.JsonException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class ExplainerTest {
  @Nested
  class Exceptions_of_history {
    @Test
    void all_have_a_type() {
      assertThat(Explainer.TYPES.keySet().toArray())
          .containsExactlyInAnyOrder((Object[]) HistoryException.class.getPermittedSubclasses());
    }

    @Test
    void are_found_below_what_the_container_wraps_around_them() {
      Throwable thrown =
          new IllegalStateException(
              new PersistenceException(new StreamDeletedException("Account", "7", 31)));

      assertThat(Explainer.explain(thrown).toJson())
          .hasToString(
              "{\"type\":\"/problems/removed-object\",\"title\":\"Removed object\","
                  + "\"status\":410,\"detail\":\"Account/7 was removed at position 31.\"}");
    }

    @Test
    void tell_each_conflict() {
      Problem problem = Explainer.explain(new ConflictException(List.of("One.", "Two.")));

      assertThat(problem.extensions()).hasToString("{\"conflicts\":[\"One.\",\"Two.\"]}");
    }

    @Test
    void tell_the_expected_and_the_actual_position() {
      Problem problem = Explainer.explain(new PositionChangedException("Account", "7", 31, 44));

      assertThat(problem.status()).isEqualTo(412);
      assertThat(problem.extensions()).hasToString("{\"expected\":31,\"actual\":44}");
    }

    @Test
    void do_not_tell_what_the_database_said() {
      SQLException said = new SQLException("relation does not exist", "42P01");

      Problem problem = Explainer.explain(new HistoryUnavailableException("select secret", said));

      assertThat(problem).isEqualTo(Explainer.internal());
    }
  }

  @Nested
  class Exceptions_of_the_database {
    @Test
    void of_class_23_name_the_constraint_and_no_value() {
      SQLException refused =
          new SQLException(
              "ERROR: duplicate key value violates unique constraint \"uq_owner_name\"\n"
                  + "  Detail: Key (name)=(constraint \"secret\") already exists.",
              "23505");

      Problem problem = Explainer.explain(new PersistenceException(refused));

      assertThat(problem.toJson())
          .hasToString(
              "{\"type\":\"/problems/constraint\","
                  + "\"title\":\"Constraint of the database violated\",\"status\":409,"
                  + "\"detail\":\"The database refused the change; nothing was changed.\","
                  + "\"constraint\":\"uq_owner_name\"}");
    }

    @Test
    void of_class_23_without_a_constraint_name_none() {
      SQLException refused =
          new SQLException("ERROR: refused\n  Detail: constraint \"secret\"", "23000");

      assertThat(Explainer.explain(refused).extensions()).isEmpty();
    }

    @Test
    void of_class_23_name_the_column_that_takes_no_null() {
      SQLException refused =
          new SQLException(
              "ERROR: null value in column \"code\" of relation \"voucher\" violates not-null"
                  + " constraint\n  Detail: Failing row contains (1, secret, null).",
              "23502");

      assertThat(Explainer.explain(refused).toJson())
          .hasToString(
              "{\"type\":\"/problems/constraint\","
                  + "\"title\":\"Constraint of the database violated\",\"status\":409,"
                  + "\"detail\":\"The database does not take null for column code; nothing was"
                  + " changed.\",\"column\":\"code\"}");
    }

    @Test
    void name_the_constraint_in_whatever_language_the_message_is() {
      SQLException refused =
          server(
              "C23505",
              "Mdoppelter Schlüsselwert verletzt Unique-Constraint »uq_owner_name«",
              "DSchlüssel »(name)=(secret)« existiert bereits.",
              "nuq_owner_name");

      assertThat(Explainer.explain(refused).extensions())
          .hasToString("{\"constraint\":\"uq_owner_name\"}");
      assertThat(
              Explainer.explain(new BatchUpdateException("secret", "23505", new int[0], refused)))
          .isEqualTo(Explainer.explain(refused));
    }

    @Test
    void name_the_column_in_whatever_language_the_message_is() {
      SQLException refused =
          server(
              "C23502",
              "MNULL-Wert in Spalte »code« der Relation »voucher« verletzt Not-Null-Constraint",
              "tvoucher",
              "ccode");

      assertThat(Explainer.explain(refused).extensions()).hasToString("{\"column\":\"code\"}");
    }

    /** Fields as the protocol sends them (PostgreSQL, 55.8). */
    private static SQLException server(String... fields) {
      return new PSQLException(
          new ServerErrorMessage("SFEHLER\0" + String.join("\0", fields) + "\0"));
    }

    @Test
    void of_class_40_are_a_lost_race() {
      assertThat(Explainer.explain(new SQLException("deadlock detected", "40P01")).type())
          .isEqualTo("/problems/conflict");
    }

    @Test
    void of_other_classes_are_unknown() {
      assertThat(Explainer.explain(new SQLException("syntax error", "42601")))
          .isEqualTo(Explainer.internal());
    }

    @Test
    void without_a_state_are_unknown() {
      assertThat(Explainer.explain(new SQLException())).isEqualTo(Explainer.internal());
    }
  }

  @Test
  void an_optimistic_lock_is_a_conflict() {
    assertThat(Explainer.explain(new OptimisticLockException("Account 7")).detail())
        .isEqualTo("Another transaction changed it meanwhile; read it and try again.");
  }

  @Test
  void a_body_that_a_reader_refuses_is_malformed() {
    assertThat(Explainer.explain(readFrom()).type()).isEqualTo("/problems/malformed-body");
  }

  @Test
  void an_answer_that_cannot_be_written_is_not_the_callers_fault() {
    assertThat(Explainer.explain(new JsonException("no writer"))).isEqualTo(Explainer.internal());
  }

  @Test
  void a_circle_of_causes_ends() {
    IllegalStateException first = new IllegalStateException();
    IllegalStateException second = new IllegalStateException(first);
    first.initCause(second);

    assertThat(Explainer.explain(first)).isEqualTo(Explainer.internal());
  }

  /** Named as the method of a MessageBodyReader is. */
  private static JsonException readFrom() {
    return new JsonException("secret");
  }
}
