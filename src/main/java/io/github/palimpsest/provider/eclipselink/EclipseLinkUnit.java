package io.github.palimpsest.provider.eclipselink;

import io.github.palimpsest.capture.TransactionChanges;
import io.github.palimpsest.capture.eclipselink.AuditListener;
import io.github.palimpsest.capture.eclipselink.UnitOfWorkRecorder;
import io.github.palimpsest.event.LiveRows;
import io.github.palimpsest.provider.JpaUnit;
import io.github.palimpsest.restore.LiveEntities;
import io.github.palimpsest.restore.eclipselink.EclipseLinkEntities;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.StateSql;
import io.github.palimpsest.state.eclipselink.EclipseLinkModels;
import io.github.palimpsest.state.eclipselink.EclipseLinkStateSql;
import io.github.palimpsest.state.eclipselink.TransactionConnection;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.eclipse.persistence.internal.jpa.EntityManagerFactoryImpl;
import org.eclipse.persistence.sessions.DatabaseLogin;
import org.eclipse.persistence.sessions.server.ServerSession;

/** A persistence unit on EclipseLink. */
record EclipseLinkUnit(String name, ServerSession session) implements JpaUnit {
  @Override
  public Map<Class<?>, String> entities() {
    return EclipseLinkModels.entities(session);
  }

  @Override
  public EntityModels models() {
    return EclipseLinkModels.of(session);
  }

  @Override
  public StateSql sql(EntityModel model) {
    return EclipseLinkStateSql.of(session, model);
  }

  @Override
  public LiveRows rows(EntityModel model) {
    return EclipseLinkStateSql.rows(session, model);
  }

  @Override
  public EntityManagerFactory factory() {
    return new EntityManagerFactoryImpl(session);
  }

  @Override
  public Connection connect() {
    DatabaseLogin login = session.getLogin();
    return login.getConnector().connect(properties(login), session);
  }

  private static Properties properties(DatabaseLogin login) {
    Properties properties = new Properties();
    properties.putAll(login.getProperties());
    return properties;
  }

  @Override
  public Connection connection(EntityManager entities) {
    return TransactionConnection.of(TransactionConnection.begun(entities));
  }

  @Override
  public LiveEntities live(EntityManager entities) {
    return new EclipseLinkEntities(entities);
  }

  @Override
  public void record(EntityManager entities, Consumer<TransactionChanges> work) {
    UnitOfWorkRecorder.record(entities, work);
  }

  @Override
  public Object unproxied(Object entity) {
    return entity;
  }

  @Override
  public List<String> listen() {
    return AuditListener.attachTo(session);
  }

  @Override
  public void shareTransactions() {
    UnitOfWorkRecorder.hook(session).shareTransactions();
  }
}
