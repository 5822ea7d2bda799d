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
import org.hibernate.persister.entity.EntityPersister;

/** Puts an entity class into the words of SQL, by Hibernate's own mappings. */
public final class HibernateStateSql {
  private final SessionFactoryImplementor factory;
  private final EntityPersister persister;
  private final EntityTables tables;
  private final AttributeSql attributes;

  private HibernateStateSql(SessionFactoryImplementor factory, EntityPersister persister) {
    this.factory = factory;
    this.persister = persister;
    this.tables = new EntityTables(persister);
    this.attributes = new AttributeSql(factory);
  }

  /**
   * Returns the rows of exactly this class and what capture records for them.
   *
   * @throws IllegalArgumentException if an attribute cannot be expressed; the message names it
   */
  public static StateSql of(SessionFactory factory, EntityModel model) {
    SessionFactoryImplementor implementor = factory.unwrap(SessionFactoryImplementor.class);
    return new HibernateStateSql(implementor, persister(implementor, model)).of(model);
  }

  /**
   * Returns a reader of these rows.
   *
   * @throws IllegalArgumentException as {@link #of}
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
    if (persister.getSoftDeleteMapping() != null || persister.hasWhereRestrictions()) {
      throw new IllegalArgumentException(
          "%s has rows that are no objects, by a restriction or a soft deletion"
              .formatted(persister.getEntityName()));
    }
    SortedMap<String, ModelPart> mappings = new TreeMap<>();
    SortedMap<String, String> expressions = new TreeMap<>();
    Map<String, ModelPart> ids = AttributeSql.parts(persister.getIdentifierMapping());
    for (Attribute attribute : model.attributes()) {
      ModelPart id = ids.get(attribute.name());
      ModelPart mapping = id == null ? persister.findAttributeMapping(attribute.name()) : id;
      mappings.put(attribute.name(), mapping);
      expressions.put(attribute.name(), attributes.of(mapping, persister, tables::column).json());
    }
    return new StateSql(
        tables.from(),
        new ConcreteClasses(factory).condition(persister, tables),
        tables.keys(),
        attributes.objectId(persister, tables::column),
        expressions,
        attributes.objectId(persister, this::key),
        tables.first().getTableName(),
        SourceTables.of(persister, tables, mappings),
        attributes.largeObjects());
  }

  private String key(SelectableMapping column) {
    return "k.key" + (EntityTables.keyIndex(persister, column) + 1);
  }
}
