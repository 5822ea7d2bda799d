package io.github.palimpsest.state.eclipselink;

import io.github.palimpsest.event.LiveRows;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.StateSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.internal.helper.DatabaseField;
import org.eclipse.persistence.internal.helper.DatabaseTable;
import org.eclipse.persistence.internal.identitymaps.CacheId;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.eclipse.persistence.sessions.Session;

/** Puts an entity class into the words of SQL, by EclipseLink's own mappings. */
public final class EclipseLinkStateSql {
  private final ClassDescriptor descriptor;
  private final AttributeSql attributes;

  private EclipseLinkStateSql(AbstractSession session, ClassDescriptor descriptor) {
    this.descriptor = descriptor;
    this.attributes = new AttributeSql(session);
  }

  /**
   * Returns the rows of exactly this class and what capture records for them.
   *
   * @throws IllegalArgumentException if the rows or their ids cannot be expressed
   */
  public static StateSql of(Session serverSession, EntityModel model) {
    AbstractSession session = (AbstractSession) serverSession;
    return new EclipseLinkStateSql(session, session.getClassDescriptor(model.entityClass()))
        .of(model);
  }

  /**
   * Returns a reader of these rows.
   *
   * @throws IllegalArgumentException as {@link #of}, or if an attribute cannot be expressed; the
   *     message names it
   */
  public static LiveRows rows(Session serverSession, EntityModel model) {
    AbstractSession session = (AbstractSession) serverSession;
    ClassDescriptor descriptor = session.getClassDescriptor(model.entityClass());
    return new LiveRows(
        model.contentType(),
        of(serverSession, model).asRows(),
        objectId -> key(session, descriptor, model.identifier().primaryKey(objectId)));
  }

  private static List<?> key(
      AbstractSession session, ClassDescriptor descriptor, Object primaryKey) {
    Object key = descriptor.getCMPPolicy().createPrimaryKeyFromId(primaryKey, session);
    return key instanceof CacheId parts ? List.of(parts.getPrimaryKey()) : List.of(key);
  }

  private StateSql of(EntityModel model) {
    SortedMap<String, String> expressions = new TreeMap<>();
    SortedMap<String, String> leftOut = new TreeMap<>();
    SourceTables tables = new SourceTables(descriptor, attributes);
    for (Attribute attribute : model.attributes()) {
      String name = attribute.name();
      DatabaseMapping mapping = descriptor.getMappingForAttributeName(name);
      try {
        String expression = attributes.of(mapping, descriptor, this::column);
        tables.add(name, mapping);
        expressions.put(name, expression);
      } catch (IllegalArgumentException e) {
        leftOut.put(name, String.valueOf(e.getMessage()));
      }
    }
    return new StateSql(
        from(),
        condition(),
        descriptor.getPrimaryKeyFields().stream().map(this::column).toList(),
        attributes.objectId(descriptor, this::column),
        expressions,
        attributes.objectId(descriptor, this::key),
        attributes.name(familyTable()),
        tables.all(),
        attributes.lookedUp(),
        new TreeSet<>(),
        leftOut);
  }

  /** Classes of one inheritance tree draw their keys from the root's table. */
  private DatabaseTable familyTable() {
    ClassDescriptor root =
        descriptor.hasInheritance() && !descriptor.hasTablePerClassPolicy()
            ? descriptor.getInheritancePolicy().getRootParentDescriptor()
            : descriptor;
    return root.getTables().get(0);
  }

  private String key(DatabaseField field) {
    List<DatabaseField> keys = descriptor.getPrimaryKeyFields();
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).equals(field) || keys.get(i).getName().equals(field.getName())) {
        return "k.key" + (i + 1);
      }
    }
    throw new IllegalArgumentException(
        "%s is not in the primary key of %s".formatted(field, descriptor.getJavaClass().getName()));
  }

  private String from() {
    // A copy: the sublist of EclipseLink's own vector is empty.
    List<DatabaseTable> tables = new ArrayList<>(descriptor.getTables());
    StringBuilder sql = new StringBuilder(attributes.name(tables.get(0))).append(" t0");
    for (DatabaseTable table : tables.subList(1, tables.size())) {
      Map<DatabaseField, DatabaseField> keys =
          Objects.requireNonNull(descriptor.getAdditionalTablePrimaryKeyFields().get(table));
      sql.append(" join %s %s on ".formatted(attributes.name(table), alias(table)))
          .append(
              keys.entrySet().stream()
                  .map(each -> column(each.getKey()) + " = " + column(each.getValue()))
                  .collect(Collectors.joining(" and ")));
    }
    return sql.toString();
  }

  /** Rows of subclasses are of another content type. */
  private String condition() {
    if (!descriptor.hasInheritance() || descriptor.hasTablePerClassPolicy()) {
      return "true";
    }
    ClassDescriptor root = descriptor.getInheritancePolicy().getRootParentDescriptor();
    Map<?, ?> indicators = root.getInheritancePolicy().getClassIndicatorMapping();
    Object indicator = indicators == null ? null : indicators.get(descriptor.getJavaClass());
    return indicator == null
        ? "false"
        : "%s = %s"
            .formatted(
                column(root.getInheritancePolicy().getClassIndicatorField()),
                StateSql.literal(indicator.toString()));
  }

  private String column(DatabaseField field) {
    return alias(field.getTable()) + "." + attributes.name(field);
  }

  private String alias(DatabaseTable table) {
    return "t" + Math.max(0, descriptor.getTables().indexOf(table));
  }
}
