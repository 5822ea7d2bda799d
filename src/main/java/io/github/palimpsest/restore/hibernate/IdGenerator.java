package io.github.palimpsest.restore.hibernate;

import io.github.palimpsest.restore.Generators;
import io.github.palimpsest.restore.IdSource;
import java.util.Locale;
import org.hibernate.generator.Generator;
import org.hibernate.id.enhanced.SequenceStyleGenerator;
import org.hibernate.id.enhanced.TableGenerator;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.mutation.EntityTableMapping;

/** What draws the ids of an entity class, if anything does. */
record IdGenerator(EntityPersister persister) implements IdSource {
  /** Leaves out what this server has drawn ahead, which cannot be taken from it. */
  @Override
  public void moveBeyond(long id, Generators generators) {
    Generator generator = persister.getGenerator();
    if (generator.generatedOnExecution()) {
      EntityTableMapping table = persister.getIdentifierTableMapping();
      generators.moveIdentity(
          table.getTableName(),
          inCatalogue(table.getKeyMapping().getKeyColumn(0).getColumnName()),
          id);
    } else if (generator instanceof SequenceStyleGenerator sequence
        && sequence.getDatabaseStructure().isPhysicalSequence()) {
      generators.moveSequence(
          persister
              .getFactory()
              .getSqlStringGenerationContext()
              .format(sequence.getDatabaseStructure().getPhysicalName()),
          id,
          sequence.getDatabaseStructure().getIncrementSize());
    } else if (generator instanceof TableGenerator table) {
      // the row holds the end of the next block
      generators.moveTable(
          table.getTableName(),
          table.getSegmentColumnName(),
          table.getSegmentValue(),
          table.getValueColumnName(),
          id,
          2L * table.getIncrementSize());
    }
  }

  private static String inCatalogue(String column) {
    return column.startsWith("\"")
        ? column.substring(1, column.length() - 1)
        : column.toLowerCase(Locale.ROOT);
  }
}
