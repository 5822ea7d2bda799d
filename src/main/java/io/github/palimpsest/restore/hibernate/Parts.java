package io.github.palimpsest.restore.hibernate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.CascadeStyle;
import org.hibernate.engine.spi.CascadingActions;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.CollectionType;
import org.hibernate.type.CompositeType;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/** The entities that Hibernate removes with another one. */
record Parts(SessionImplementor session) {
  Collection<Object> of(Object entity) {
    EntityPersister persister =
        session.getFactory().getMappingMetamodel().getEntityDescriptor(entity.getClass());
    Type[] types = persister.getPropertyTypes();
    CascadeStyle[] styles = persister.getPropertyCascadeStyles();
    List<Object> found = new ArrayList<>();
    for (int i = 0; i < types.length; i++) {
      if (mayLead(types[i], styles[i])) {
        add(types[i], styles[i], persister.getValue(entity, i), found);
      }
    }
    return found;
  }

  /** What leads to nothing stays unread if it is lazy. */
  private static boolean mayLead(Type type, CascadeStyle style) {
    return type.isComponentType() || isRemoved(style);
  }

  private static boolean isRemoved(CascadeStyle style) {
    return style.doCascade(CascadingActions.REMOVE) || style.hasOrphanDelete();
  }

  private void add(Type type, CascadeStyle style, @Nullable Object value, List<Object> found) {
    if (value == null) {
      return;
    }
    if (type instanceof CompositeType embedded) {
      Object[] values = embedded.getPropertyValues(value, session);
      for (int i = 0; i < values.length; i++) {
        add(embedded.getSubtypes()[i], embedded.getCascadeStyle(i), values[i], found);
      }
    } else if (isRemoved(style) && type.isEntityType()) {
      found.add(Hibernate.unproxy(value));
    } else if (isRemoved(style)
        && type instanceof CollectionType collection
        && collection.getElementType(session.getFactory()).isEntityType()) {
      Iterator<?> elements = collection.getElementsIterator(value);
      elements.forEachRemaining(each -> found.add(Hibernate.unproxy(each)));
    }
  }
}
