package io.github.palimpsest.restore.eclipselink;

import io.github.palimpsest.restore.Generators;
import io.github.palimpsest.restore.IdSource;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.internal.databaseaccess.DatasourcePlatform;
import org.eclipse.persistence.internal.helper.DatabaseField;
import org.eclipse.persistence.sequencing.DefaultSequence;
import org.eclipse.persistence.sequencing.Sequence;
import org.eclipse.persistence.sequencing.TableSequence;
import org.eclipse.persistence.sessions.server.ServerSession;

/** What draws the ids of an entity class, if anything does. */
record IdGenerator(ClassDescriptor descriptor, ServerSession session) implements IdSource {
  boolean isIdentityColumn() {
    return descriptor.usesSequenceNumbers()
        && descriptor.getSequence().shouldAcquireValueAfterInsert();
  }

  /** Returns the number that was drawn for an entity; empty if none was. */
  Optional<Long> id(Object entity) {
    Object id =
        descriptor.usesSequenceNumbers()
            ? descriptor
                .getObjectBuilder()
                .getBaseValueForField(descriptor.getSequenceNumberField(), entity)
            : null;
    return id instanceof Number number ? Optional.of(number.longValue()) : Optional.empty();
  }

  /** What this server has drawn ahead may lie before it, if the sequence was made anew. */
  @Override
  public void moveBeyond(long id, Generators generators) {
    DatasourcePlatform platform = session.getPlatform();
    Sequence sequence = descriptor.getSequence();
    if (isIdentityColumn()) {
      generators.moveIdentity(
          descriptor.getSequenceNumberField().getTable().getQualifiedNameDelimited(platform),
          column(descriptor.getSequenceNumberField()),
          id);
      return;
    }
    Optional<TableSequence> table = table(sequence);
    if (table.isPresent()) {
      generators.moveTable(
          table.get().getQualifiedTableName(),
          table.get().getNameFieldName(),
          sequence.getName(),
          table.get().getCounterFieldName(),
          id,
          0);
    } else {
      generators.moveSequence(sequence.getQualified(sequence.getName()), id, 0);
    }
    session.getSequencingControl().initializePreallocated(sequence.getName());
  }

  /** Without a generator of its own an entity has the platform's default: EclipseLink's a table. */
  private static Optional<TableSequence> table(Sequence sequence) {
    Sequence actual = sequence instanceof DefaultSequence one ? one.getDefaultSequence() : sequence;
    return actual instanceof TableSequence table ? Optional.of(table) : Optional.empty();
  }

  private static String column(DatabaseField field) {
    return field.shouldUseDelimiters() ? field.getName() : field.getName().toLowerCase(Locale.ROOT);
  }
}
