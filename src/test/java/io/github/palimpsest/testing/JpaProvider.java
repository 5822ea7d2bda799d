package io.github.palimpsest.testing;

import io.github.palimpsest.capture.TransactionChanges;
import io.github.palimpsest.capture.eclipselink.UnitOfWorkRecorder;
import io.github.palimpsest.capture.hibernate.SessionRecorder;
import io.github.palimpsest.event.LiveRows;
import io.github.palimpsest.restore.LiveEntities;
import io.github.palimpsest.restore.eclipselink.EclipseLinkEntities;
import io.github.palimpsest.restore.hibernate.HibernateEntities;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.StateSql;
import io.github.palimpsest.state.eclipselink.EclipseLinkModels;
import io.github.palimpsest.state.eclipselink.EclipseLinkStateSql;
import io.github.palimpsest.state.hibernate.HibernateModels;
import io.github.palimpsest.state.hibernate.HibernateStateSql;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.persistence.jpa.JpaHelper;
import org.hibernate.Session;
import org.hibernate.SessionFactory;

/** What differs between the JPA providers on which the same suites run. */
public enum JpaProvider {
  /** EclipseLink in Java SE, not woven. */
  ECLIPSELINK("", 1) {
    @Override
    public EntityModels models(EntityManagerFactory factory) {
      return EclipseLinkModels.of(JpaHelper.getServerSession(factory));
    }

    @Override
    public void record(EntityManager entities, Consumer<TransactionChanges> work) {
      UnitOfWorkRecorder.record(entities, work);
    }

    @Override
    public LiveEntities live(EntityManager entities) {
      return new EclipseLinkEntities(entities);
    }

    @Override
    public Connection connection(EntityManager entities) {
      return entities.unwrap(Connection.class);
    }

    @Override
    public StateSql sql(EntityManagerFactory factory, EntityModel model) {
      return EclipseLinkStateSql.of(JpaHelper.getServerSession(factory), model);
    }

    @Override
    public LiveRows rows(EntityManagerFactory factory, EntityModel model) {
      return EclipseLinkStateSql.rows(JpaHelper.getServerSession(factory), model);
    }
  },
  /** Hibernate in Java SE, not enhanced. */
  HIBERNATE("-hibernate", 0) {
    @Override
    public EntityModels models(EntityManagerFactory factory) {
      return HibernateModels.of(factory.unwrap(SessionFactory.class));
    }

    @Override
    public void record(EntityManager entities, Consumer<TransactionChanges> work) {
      SessionRecorder.record(entities, work);
    }

    @Override
    public LiveEntities live(EntityManager entities) {
      return new HibernateEntities(entities);
    }

    @Override
    public Connection connection(EntityManager entities) {
      return entities.unwrap(Session.class).doReturningWork(connection -> connection);
    }

    @Override
    public StateSql sql(EntityManagerFactory factory, EntityModel model) {
      return HibernateStateSql.of(factory.unwrap(SessionFactory.class), model);
    }

    @Override
    public LiveRows rows(EntityManagerFactory factory, EntityModel model) {
      return HibernateStateSql.rows(factory.unwrap(SessionFactory.class), model);
    }
  };

  private final String suffix;
  private final long firstVersion;

  JpaProvider(String suffix, long firstVersion) {
    this.suffix = suffix;
    this.firstVersion = firstVersion;
  }

  /** Returns the name of its persistence unit with the entities of that name. */
  String unit(String entities) {
    return entities + suffix;
  }

  /** Returns the properties that make it send its statements in JDBC batches. */
  public Map<String, String> batching() {
    return this == ECLIPSELINK
        ? Map.of(
            "eclipselink.jdbc.batch-writing", "JDBC", "eclipselink.jdbc.batch-writing.size", "10")
        : Map.of("hibernate.jdbc.batch_size", "10");
  }

  /** Returns the version that a new entity gets. */
  public long firstVersion() {
    return firstVersion;
  }

  /** Returns the entity models of the unit. */
  public abstract EntityModels models(EntityManagerFactory factory);

  /** Hands over the changes of the active transaction. */
  public abstract void record(EntityManager entities, Consumer<TransactionChanges> work);

  /** Returns the live entities of the active transaction. */
  public abstract LiveEntities live(EntityManager entities);

  /** Returns the connection of the active transaction. */
  public abstract Connection connection(EntityManager entities);

  /** Returns an entity class in the words of SQL. */
  public abstract StateSql sql(EntityManagerFactory factory, EntityModel model);

  /** Returns a reader of the live rows of an entity class. */
  public abstract LiveRows rows(EntityManagerFactory factory, EntityModel model);
}
