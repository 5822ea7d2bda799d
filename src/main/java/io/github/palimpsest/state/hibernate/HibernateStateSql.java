package io.github.palimpsest.state.hibernate;

import io.github.palimpsest.event.LiveRows;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.StateSql;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hibernate.SessionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.metamodel.mapping.SoftDeleteMapping;
import org.hibernate.persister.entity.EntityPersister;

/** Puts an entity class into the words of SQL, by Hibernate's own mappings. */
public final class HibernateStateSql {
  private final EntityPersister persister;
  private final EntityTables tables;
  private final AttributeSql attributes;

  private HibernateStateSql(SessionFactoryImplementor factory, EntityPersister persister) {
    this.persister = persister;
    this.tables = new EntityTables(persister);
    this.attributes = new AttributeSql(factory);
  }

  /**
   * Returns the rows of exactly this class and what capture records for them.
   *
   * @throws IllegalArgumentException if the rows or their ids cannot be expressed
   */
  public static StateSql of(SessionFactory factory, EntityModel model) {
    SessionFactoryImplementor implementor = factory.unwrap(SessionFactoryImplementor.class);
    return new HibernateStateSql(implementor, persister(implementor, model)).of(model);
  }

  /**
   * Returns a reader of these rows.
   *
   * @throws IllegalArgumentException as {@link #of}, or if an attribute cannot be expressed; the
   *     message names it
   */
  public static LiveRows rows(SessionFactory factory, EntityModel model) {
    SessionFactoryImplementor implementor = factory.unwrap(SessionFactoryImplementor.class);
    KeyColumns keys = new KeyColumns(implementor, persister(implementor, model));
    return new LiveRows(
        model.contentType(),
        of(factory, model).asRows(),
        objectId -> keys.of(model.identifier().primaryKey(objectId)));
  }

  private static EntityPersister persister(SessionFactoryImplementor factory, EntityModel model) {
    return factory.getMappingMetamodel().getEntityDescriptor(model.entityClass());
  }

  private StateSql of(EntityModel model) {
    if (persister.hasWhereRestrictions()) {
      throw new IllegalArgumentException(
          "%s has rows that are no objects, by a restriction".formatted(persister.getEntityName()));
    }
    SortedMap<String, String> expressions = new TreeMap<>();
    SortedMap<String, String> leftOut = new TreeMap<>();
    SourceTables sources = new SourceTables(persister, tables);
    Map<String, ModelPart> ids = AttributeSql.parts(persister.getIdentifierMapping());
    for (Attribute attribute : model.attributes()) {
      ModelPart id = ids.get(attribute.name());
      ModelPart mapping = id == null ? persister.findAttributeMapping(attribute.name()) : id;
      try {
        String expression = attributes.of(mapping, persister, tables::column).json();
        sources.add(attribute.name(), mapping);
        expressions.put(attribute.name(), expression);
      } catch (IllegalArgumentException e) {
        leftOut.put(attribute.name(), String.valueOf(e.getMessage()));
      }
    }
    return new StateSql(
        tables.from(),
        condition(),
        tables.keys(),
        attributes.objectId(persister, tables::column),
        expressions,
        attributes.objectId(persister, this::key),
        tables.first().getTableName(),
        sources.all(),
        attributes.lookedUp(),
        attributes.largeObjects(),
        leftOut);
  }

  private String condition() {
    SoftDeleteMapping softly = persister.getSoftDeleteMapping();
    String ofClass = attributes.condition(persister, tables);
    return softly == null
        ? ofClass
        : "(%s) and %s = %s"
            .formatted(ofClass, tables.column(softly), softly.getNonDeletedLiteralText());
  }

  private String key(SelectableMapping column) {
    return "k.key" + (EntityTables.keyIndex(persister, column) + 1);
  }
}
