package io.github.palimpsest.capture.hibernate;

import io.github.palimpsest.capture.CommitHook;
import io.github.palimpsest.state.hibernate.HibernateModels;
import io.github.palimpsest.state.hibernate.HibernateStateSql;
import org.hibernate.SessionFactory;
import org.hibernate.SessionFactoryObserver;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;

/**
 * Attaches capture to every session factory. Hibernate finds it by the service file in our jar, so
 * an application adds no line; where Hibernate is missing nothing loads it.
 */
public final class HibernateIntegrator implements Integrator {
  /** Called by Hibernate. */
  public HibernateIntegrator() {}

  @Override
  public void integrate(
      Metadata metadata, BootstrapContext context, SessionFactoryImplementor factory) {
    factory.addObserver(new Attachment());
  }

  @Override
  public void disintegrate(
      SessionFactoryImplementor factory, SessionFactoryServiceRegistry registry) {
    // The listeners end with the factory that has them.
  }

  /** Waits for the metamodel: an attribute that cannot be kept stops the start, with its name. */
  private static final class Attachment implements SessionFactoryObserver {
    private static final long serialVersionUID = 1L;

    @Override
    public void sessionFactoryCreated(SessionFactory created) {
      SessionFactoryImplementor factory = (SessionFactoryImplementor) created;
      CommitHook hook =
          new CommitHook(
              HibernateModels.of(factory), model -> HibernateStateSql.rows(factory, model));
      new FlushListener(hook).attach(factory);
    }
  }
}
