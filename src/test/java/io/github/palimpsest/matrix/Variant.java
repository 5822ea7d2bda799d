package io.github.palimpsest.matrix;

import io.github.palimpsest.testing.JpaProvider;
import jakarta.persistence.Entity;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.persistence.internal.weaving.PersistenceWeaved;
import org.hibernate.engine.spi.ManagedEntity;

/** A provider, with or without its change of the entities' bytecode: a column of the matrix. */
public enum Variant {
  /** EclipseLink without weaving. */
  ECLIPSELINK("EclipseLink", JpaProvider.ECLIPSELINK) {
    @Override
    ClassLoader loader() {
      return getClass().getClassLoader();
    }
  },
  /** EclipseLink with static weaving. */
  ECLIPSELINK_WOVEN("EclipseLink, woven", JpaProvider.ECLIPSELINK) {
    @Override
    ClassLoader loader() {
      return StaticWeaving.loader();
    }

    @Override
    boolean isChanged(Class<?> entity) {
      return PersistenceWeaved.class.isAssignableFrom(entity);
    }
  },
  /** Hibernate without enhancement. */
  HIBERNATE("Hibernate", JpaProvider.HIBERNATE) {
    @Override
    ClassLoader loader() {
      return getClass().getClassLoader();
    }
  },
  /** Hibernate with bytecode enhancement. */
  HIBERNATE_ENHANCED("Hibernate, enhanced", JpaProvider.HIBERNATE) {
    @Override
    ClassLoader loader() {
      return Enhancement.loader();
    }

    @Override
    boolean isChanged(Class<?> entity) {
      return ManagedEntity.class.isAssignableFrom(entity);
    }
  };

  private final String label;
  private final JpaProvider provider;

  Variant(String label, JpaProvider provider) {
    this.label = label;
    this.provider = provider;
  }

  static List<Variant> of(JpaProvider provider) {
    return Stream.of(values()).filter(each -> each.provider == provider).toList();
  }

  String label() {
    return label;
  }

  JpaProvider provider() {
    return provider;
  }

  /** Returns what loads the entities. */
  abstract ClassLoader loader();

  /** Returns whether the bytecode of an entity was changed; always true where none should be. */
  boolean isChanged(Class<?> entity) {
    return entity.isAnnotationPresent(Entity.class);
  }
}
