package io.github.palimpsest.masked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.event.Rows;
import io.github.palimpsest.event.SchemaMigration;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.run.Login;
import io.github.palimpsest.state.eclipselink.EclipseLinkStateSql;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.LiveStates;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.eclipse.persistence.jpa.JpaHelper;
import org.junit.jupiter.api.Test;

class EclipseLinkMaskedDatabaseTest extends MaskedConformance {
  EclipseLinkMaskedDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }

  @Test
  void sql_reads_the_same_fingerprints_from_the_rows() throws SQLException {
    setKey("0123456789abcdef0123456789abcdef");
    persist(MaskedConformance::fill);
    unit.commit(em -> em.persist(new Card(2)));

    assertThat(LiveStates.read(unit.database(), rows()).differences(states())).isEmpty();
  }

  @Test
  void sql_reads_others_with_another_key() throws SQLException {
    setKey("another key of thirty-two bytes, at least");
    persist(MaskedConformance::fill);

    assertThat(LiveStates.read(unit.database(), rows()).differences(states()))
        .extracting(difference -> difference.substring(0, difference.indexOf(':')))
        .containsExactly(
            "1.answers",
            "1.ceiling",
            "1.contact",
            "1.notes",
            "1.number",
            "1.others",
            "1.parent",
            "1.tags");
  }

  @Test
  void sql_reads_nothing_without_a_key() {
    persist(MaskedConformance::fill);

    assertThatThrownBy(() -> LiveStates.read(unit.database(), rows()))
        .hasStackTraceContaining("there is no key of masked attributes");
  }

  private Stream<State> states() {
    return rebuilder.all("Card", rebuilder.settled(null), "");
  }

  private Rows rows() {
    return EclipseLinkStateSql.of(
            JpaHelper.getServerSession(unit.factory()),
            provider.models(unit.factory()).of("Card").orElseThrow())
        .asRows();
  }

  private void setKey(String key) throws SQLException {
    Login login = unit.database().login();
    try (Connection owner =
        DriverManager.getConnection(login.url(), login.owner(), login.ownerPassword())) {
      SchemaMigration.maskKey(owner, key);
    }
  }
}
