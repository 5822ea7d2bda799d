package io.github.palimpsest.restore.eclipselink;

import jakarta.persistence.EntityManager;
import java.util.Locale;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.internal.databaseaccess.DatasourcePlatform;
import org.eclipse.persistence.internal.helper.DatabaseField;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.sequencing.Sequence;
import org.eclipse.persistence.sequencing.TableSequence;
import org.eclipse.persistence.sessions.server.ServerSession;

/** Moves identity counters and sequences past a restored id, so that no new id collides with it. */
final class Generators {
  private static final String MOVE =
      """
      select setval(g.name::regclass, g.id)
      from (select %s as name, cast(? as bigint) as id) g
      where g.name is not null and g.id > coalesce(pg_sequence_last_value(g.name::regclass), 0)
      """;

  private final EntityManager entities;
  private final ClassDescriptor descriptor;

  Generators(EntityManager entities, ClassDescriptor descriptor) {
    this.entities = entities;
    this.descriptor = descriptor;
  }

  void moveBeyond(Object entity) {
    AbstractSession session = entities.unwrap(ServerSession.class);
    Object id =
        descriptor.usesSequenceNumbers()
            ? descriptor
                .getObjectBuilder()
                .getBaseValueForField(descriptor.getSequenceNumberField(), entity)
            : null;
    Sequence sequence = descriptor.getSequence();
    if (!(id instanceof Number number) || sequence instanceof TableSequence) {
      return;
    }
    DatasourcePlatform platform = session.getPlatform();
    if (sequence.shouldAcquireValueAfterInsert()) {
      entities
          .createNativeQuery(MOVE.formatted("pg_get_serial_sequence(?, ?)"))
          .setParameter(
              1, descriptor.getSequenceNumberField().getTable().getQualifiedNameDelimited(platform))
          .setParameter(2, column(descriptor.getSequenceNumberField()))
          .setParameter(3, number.longValue())
          .getResultList();
    } else {
      entities
          .createNativeQuery(MOVE.formatted("?"))
          .setParameter(1, sequence.getQualified(sequence.getName()))
          .setParameter(2, number.longValue())
          .getResultList();
    }
  }

  private static String column(DatabaseField field) {
    return field.shouldUseDelimiters() ? field.getName() : field.getName().toLowerCase(Locale.ROOT);
  }
}
