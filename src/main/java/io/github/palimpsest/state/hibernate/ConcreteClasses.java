package io.github.palimpsest.state.hibernate;

import io.github.palimpsest.state.StateSql;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.EntityDiscriminatorMapping;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.metamodel.mapping.TableDetails;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.UnionSubclassEntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Tells the concrete entity class of a row in the words of SQL: by a discriminator column or, where
 * there is none, by the tables that have a row with its key.
 */
final class ConcreteClasses {
  private final SessionFactoryImplementor factory;
  private final SortedSet<String> lookedUp = new TreeSet<>();

  ConcreteClasses(SessionFactoryImplementor factory) {
    this.factory = factory;
  }

  /** Returns the tables that the expressions handed out look into. */
  SortedSet<String> lookedUp() {
    return lookedUp;
  }

  /** Returns the discriminator column; null if there is none. */
  static @Nullable EntityDiscriminatorMapping column(EntityMappingType type) {
    EntityDiscriminatorMapping discriminator = type.getDiscriminatorMapping();
    return discriminator != null && discriminator.hasPhysicalColumn() ? discriminator : null;
  }

  /**
   * Returns which of the joined rows of an entity class are of exactly this class.
   *
   * @throws IllegalArgumentException if SQL cannot tell
   */
  String condition(EntityPersister persister, EntityTables tables) {
    EntityDiscriminatorMapping column = column(persister);
    if (persister.isAbstract()) {
      return "false";
    }
    if (persister instanceof UnionSubclassEntityPersister) {
      return "true";
    }
    if (column != null) {
      return is(persister, tables.column(known(column, persister)));
    }
    return classes(persister)
        .filter(each -> each != persister)
        .map(each -> "not " + exists(each, "s", tables.keys()))
        .reduce((one, other) -> one + " and " + other)
        .orElse("true");
  }

  /**
   * Returns the entity name of the row with this key, as a JSON string.
   *
   * @param alias a fresh one
   * @throws IllegalArgumentException if SQL cannot tell
   */
  String name(EntityMappingType target, List<String> key, String alias) {
    if (!target.hasSubclasses()) {
      return name(target.getEntityPersister());
    }
    EntityDiscriminatorMapping column = column(target);
    return column == null || target.getEntityPersister() instanceof UnionSubclassEntityPersister
        ? "(case%s end)".formatted(cases(target, each -> exists(each, alias, key)))
        : nameByColumn(target, known(column, target), key, alias);
  }

  private String nameByColumn(
      EntityMappingType target, EntityDiscriminatorMapping column, List<String> key, String alias) {
    TableDetails table = target.getRootEntityDescriptor().getIdentifierTableDetails();
    lookedUp.add(table.getTableName());
    return "(select case%s end from %s %s where %s)"
        .formatted(
            cases(target, each -> is(each, alias + "." + column.getSelectionExpression())),
            table.getTableName(),
            alias,
            EntityTables.equal(alias, EntityTables.keys(table), key));
  }

  @FunctionalInterface
  private interface Test {
    String of(EntityPersister persister);
  }

  private String cases(EntityMappingType target, Test test) {
    return classes(target)
        .filter(each -> !each.isAbstract())
        .map(each -> " when %s then %s".formatted(test.of(each), name(each)))
        .collect(Collectors.joining());
  }

  private String name(EntityPersister persister) {
    return StateSql.literal(
        "\"" + factory.getJpaMetamodel().entity(persister.getMappedClass()).getName() + "\"");
  }

  /** The class and all below it, those farther down first: their rows have the tables above too. */
  private Stream<EntityPersister> classes(EntityMappingType type) {
    return type.getSubclassEntityNames().stream()
        .map(name -> factory.getMappingMetamodel().getEntityDescriptor(name))
        .sorted(
            Comparator.comparingLong(ConcreteClasses::depth)
                .reversed()
                .thenComparing(EntityMappingType::getEntityName));
  }

  private static long depth(EntityMappingType type) {
    return Stream.iterate(type, Objects::nonNull, EntityMappingType::getSuperMappingType).count();
  }

  private String exists(EntityPersister persister, String alias, List<String> key) {
    TableDetails own = persister.getMappedTableDetails();
    lookedUp.add(own.getTableName());
    return "exists (select 1 from %s %s where %s)"
        .formatted(
            own.getTableName(), alias, EntityTables.equal(alias, EntityTables.keys(own), key));
  }

  private static String is(EntityPersister persister, String column) {
    String value = persister.getDiscriminatorSQLValue();
    if (value.equals("not null")) {
      throw unknown(persister);
    }
    return value.equals("null") ? column + " is null" : "%s = %s".formatted(column, value);
  }

  private static EntityDiscriminatorMapping known(
      EntityDiscriminatorMapping column, EntityMappingType type) {
    if (column.isFormula()) {
      throw unknown(type);
    }
    return column;
  }

  private static IllegalArgumentException unknown(EntityMappingType type) {
    return new IllegalArgumentException(
        "the class of a row of %s is not told by the value of a column"
            .formatted(type.getEntityName()));
  }
}
