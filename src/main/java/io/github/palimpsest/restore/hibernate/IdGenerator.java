package io.github.palimpsest.restore.hibernate;

import io.github.palimpsest.restore.Generators;
import java.util.Locale;
import org.hibernate.generator.Generator;
import org.hibernate.id.enhanced.SequenceStyleGenerator;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.mutation.EntityTableMapping;

/** What draws the ids of an entity class, if anything does. */
record IdGenerator(EntityPersister persister) {
  void moveBeyond(Object key, Generators generators) {
    Generator generator = persister.getGenerator();
    if (!(key instanceof Number number)) {
      return;
    }
    if (generator.generatedOnExecution()) {
      EntityTableMapping table = persister.getIdentifierTableMapping();
      generators.moveIdentity(
          table.getTableName(),
          inCatalogue(table.getKeyMapping().getKeyColumn(0).getColumnName()),
          number.longValue());
    } else if (generator instanceof SequenceStyleGenerator sequence
        && sequence.getDatabaseStructure().isPhysicalSequence()) {
      generators.moveSequence(
          persister
              .getFactory()
              .getSqlStringGenerationContext()
              .format(sequence.getDatabaseStructure().getPhysicalName()),
          number.longValue());
    }
  }

  private static String inCatalogue(String column) {
    return column.startsWith("\"")
        ? column.substring(1, column.length() - 1)
        : column.toLowerCase(Locale.ROOT);
  }
}
