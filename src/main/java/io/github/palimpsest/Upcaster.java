package io.github.palimpsest;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Registers a {@link StateUpcaster}: one for each version from 1 to the last before {@link
 * Audited#schemaVersion}, or none at all. A gap, a second one, a version that is not older than the
 * class, and a content type that no entity has stop the start. Makes the class a dependent bean.
 */
@Documented
@Inherited
@Stereotype
@Dependent
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Upcaster {
  /** Content type of the states: its name of today, or one of {@link Audited#formerly}. */
  String contentType();

  /** Version of the class that wrote the states it takes; it returns those of the next. */
  int from();
}
