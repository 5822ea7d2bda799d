package io.github.palimpsest.provider.hibernate;

import io.github.palimpsest.capture.CommitHook;
import io.github.palimpsest.capture.TransactionChanges;
import io.github.palimpsest.capture.hibernate.SessionRecorder;
import io.github.palimpsest.event.LiveRows;
import io.github.palimpsest.provider.JpaUnit;
import io.github.palimpsest.restore.LiveEntities;
import io.github.palimpsest.restore.hibernate.HibernateEntities;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.StateSql;
import io.github.palimpsest.state.hibernate.HibernateModels;
import io.github.palimpsest.state.hibernate.HibernateStateSql;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hibernate.Hibernate;
import org.hibernate.cfg.PersistenceSettings;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/** A persistence unit on Hibernate. */
record HibernateUnit(SessionFactoryImplementor sessions) implements JpaUnit {
  @Override
  public String name() {
    return String.valueOf(sessions.getProperties().get(PersistenceSettings.PERSISTENCE_UNIT_NAME));
  }

  @Override
  public Map<Class<?>, String> entities() {
    return HibernateModels.entities(sessions);
  }

  @Override
  public EntityModels models() {
    return hook().models();
  }

  private CommitHook hook() {
    return SessionRecorder.hook(sessions);
  }

  @Override
  public StateSql sql(EntityModel model) {
    return HibernateStateSql.of(sessions, model);
  }

  @Override
  public LiveRows rows(EntityModel model) {
    return HibernateStateSql.rows(sessions, model);
  }

  @Override
  public EntityManagerFactory factory() {
    return sessions;
  }

  @Override
  public Connection connect() throws SQLException {
    return sessions.getServiceRegistry().requireService(ConnectionProvider.class).getConnection();
  }

  @Override
  public Connection connection(EntityManager entities) {
    return SessionRecorder.connection(entities);
  }

  @Override
  public LiveEntities live(EntityManager entities) {
    return new HibernateEntities(entities);
  }

  @Override
  public void record(EntityManager entities, Consumer<TransactionChanges> work) {
    SessionRecorder.record(entities, work);
  }

  @Override
  public Object unproxied(Object entity) {
    return Hibernate.unproxy(entity);
  }

  /** The integrator of capture hears all of them from the start. */
  @Override
  public List<String> listen() {
    return List.of();
  }

  @Override
  public void shareTransactions() {
    hook().shareTransactions();
  }
}
