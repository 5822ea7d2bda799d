package io.github.palimpsest.container;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceContexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes the application's persistence units into the history when it is deployed: after they are
 * there, and before its own code runs.
 */
public class Adoption implements Extension {
  private final List<ContextReference> references = new ArrayList<>();
  private @Nullable Bean<AuditedUnits> units;

  /** Called by the container. */
  public Adoption() {}

  void remember(
      @Observes @WithAnnotations({PersistenceContext.class, PersistenceContexts.class})
          ProcessAnnotatedType<?> component) {
    references.addAll(ContextReference.of(component.getAnnotatedType().getJavaClass()));
  }

  /** The archive that an extension is counted to does not see the application's beans by type. */
  void remember(@Observes ProcessManagedBean<AuditedUnits> found) {
    units = found.getBean();
  }

  void start(@Observes AfterDeploymentValidation deployment, BeanManager beans) {
    try {
      Bean<AuditedUnits> bean = Objects.requireNonNull(units);
      ((AuditedUnits)
              beans.getReference(bean, AuditedUnits.class, beans.createCreationalContext(bean)))
          .start();
    } catch (RuntimeException e) {
      deployment.addDeploymentProblem(e);
    }
  }

  List<ContextReference> references() {
    return List.copyOf(references);
  }
}
