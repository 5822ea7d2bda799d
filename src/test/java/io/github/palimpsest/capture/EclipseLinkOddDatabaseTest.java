package io.github.palimpsest.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.capture.eclipselink.AuditListener;
import io.github.palimpsest.testing.JpaProvider;
import org.eclipse.persistence.sessions.server.ServerSession;
import org.junit.jupiter.api.Test;

class EclipseLinkOddDatabaseTest extends OddConformance {
  EclipseLinkOddDatabaseTest() {
    super(JpaProvider.ECLIPSELINK);
  }

  @Test
  void an_audited_entity_without_a_listener_gets_one() {
    ServerSession session = unit.factory().unwrap(ServerSession.class);

    assertThat(AuditListener.attachTo(session)).containsExactly("Hidden");
    assertThat(AuditListener.attachTo(session)).isEmpty();
    persistHidden();

    assertThat(unit.database().rows("select operation, object_id from palimpsest.event"))
        .containsExactly("persist h");
  }
}
