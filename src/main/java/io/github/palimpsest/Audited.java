package io.github.palimpsest;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an entity class, and the entities that extend it, whose every change is kept. The property
 * {@code palimpsest.entities} does the same without touching the source.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Audited {
  /** Stable logical name in events and paths; empty: the JPA entity name. */
  String contentType() default "";

  /**
   * Names that the content type, or the entity in references of old states, had before. At the
   * start the history of such a content type gets the name of today, once: it is one stream for
   * each object again, under the new name.
   */
  String[] formerly() default {};

  /**
   * Version of the class that writes the states, from 1; raise it when old states no longer fit,
   * and write an {@link Upcaster}.
   */
  int schemaVersion() default 1;

  /**
   * Number of state changes of one object after which a snapshot is due; 0: the configured {@code
   * palimpsest.snapshot.every}.
   */
  int snapshotEvery() default 0;
}
