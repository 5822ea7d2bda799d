package io.github.palimpsest.restore.eclipselink;

import io.github.palimpsest.restore.Generators;
import java.util.Locale;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.internal.databaseaccess.DatasourcePlatform;
import org.eclipse.persistence.internal.helper.DatabaseField;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.sequencing.DefaultSequence;
import org.eclipse.persistence.sequencing.Sequence;
import org.eclipse.persistence.sequencing.TableSequence;

/** What draws the ids of an entity class, if anything does. */
record IdGenerator(ClassDescriptor descriptor, AbstractSession session) {
  boolean isIdentityColumn() {
    return descriptor.usesSequenceNumbers()
        && descriptor.getSequence().shouldAcquireValueAfterInsert();
  }

  void moveBeyond(Object entity, Generators generators) {
    Object id =
        descriptor.usesSequenceNumbers()
            ? descriptor
                .getObjectBuilder()
                .getBaseValueForField(descriptor.getSequenceNumberField(), entity)
            : null;
    Sequence sequence = descriptor.getSequence();
    if (!(id instanceof Number number) || isTable(sequence)) {
      return;
    }
    DatasourcePlatform platform = session.getPlatform();
    if (isIdentityColumn()) {
      generators.moveIdentity(
          descriptor.getSequenceNumberField().getTable().getQualifiedNameDelimited(platform),
          column(descriptor.getSequenceNumberField()),
          number.longValue());
    } else {
      generators.moveSequence(sequence.getQualified(sequence.getName()), number.longValue());
    }
  }

  /** Without a generator of its own an entity has the platform's default: EclipseLink's a table. */
  private static boolean isTable(Sequence sequence) {
    return sequence instanceof TableSequence
        || (sequence instanceof DefaultSequence one
            && one.getDefaultSequence() instanceof TableSequence);
  }

  private static String column(DatabaseField field) {
    return field.shouldUseDelimiters() ? field.getName() : field.getName().toLowerCase(Locale.ROOT);
  }
}
