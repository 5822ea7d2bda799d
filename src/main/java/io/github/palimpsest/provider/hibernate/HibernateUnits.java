package io.github.palimpsest.provider.hibernate;

import io.github.palimpsest.provider.JpaUnits;
import org.hibernate.SessionFactory;
import org.hibernate.SessionFactoryObserver;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.resource.transaction.spi.TransactionCoordinatorBuilder;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;

/**
 * Announces every JTA persistence unit as long as it is open: Hibernate keeps no list that could be
 * asked (ADR 0022). Hibernate finds it by the service file in our jar.
 */
public final class HibernateUnits implements Integrator {
  /** Called by Hibernate. */
  public HibernateUnits() {}

  @Override
  public void integrate(
      Metadata metadata, BootstrapContext context, SessionFactoryImplementor factory) {
    if (factory.getServiceRegistry().requireService(TransactionCoordinatorBuilder.class).isJta()) {
      factory.addObserver(new Announcement());
    }
  }

  @Override
  public void disintegrate(
      SessionFactoryImplementor factory, SessionFactoryServiceRegistry registry) {
    JpaUnits.withdraw(new HibernateUnit(factory));
  }

  private static final class Announcement implements SessionFactoryObserver {
    private static final long serialVersionUID = 1L;

    @Override
    public void sessionFactoryCreated(SessionFactory created) {
      JpaUnits.announce(new HibernateUnit((SessionFactoryImplementor) created));
    }
  }
}
