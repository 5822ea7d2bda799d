package io.github.palimpsest.container;

import io.github.palimpsest.capture.Caller;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.event.TouchedStream;
import io.github.palimpsest.guard.Baseline;
import io.github.palimpsest.guard.DriftCheck;
import io.github.palimpsest.guard.Reconciler;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.restore.Progress;
import io.github.palimpsest.restore.Restorer;
import io.github.palimpsest.restore.eclipselink.EclipseLinkEntities;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.Upcasters;
import io.github.palimpsest.state.eclipselink.EclipseLinkModels;
import io.github.palimpsest.state.eclipselink.EclipseLinkStateSql;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.eclipse.persistence.sessions.DatabaseLogin;
import org.eclipse.persistence.sessions.server.ServerSession;

/** A persistence unit of the application and what is wired for it. Safe for threads. */
public final class AuditedUnit {
  /** A start of a server and a database on it. */
  private static final String DATABASE =
      """
      select pg_postmaster_start_time()::text || ' ' || oid::text
      from pg_database where datname = current_database()
      """;

  private final String name;
  private final ServerSession session;
  private final EntityModels models;
  private final TransactionEntities entities;
  private final Connections connections;
  private final Rebuilder rebuilder;
  private final Baseline baseline;
  private final DriftCheck driftCheck;
  private final Reconciler reconciler;
  private final String database;

  /**
   * Wires a unit.
   *
   * @throws IllegalArgumentException if an audited attribute cannot be kept, or the unit's list of
   *     audited entities names what it does not have
   */
  AuditedUnit(
      String name,
      ServerSession session,
      List<ContextReference> references,
      JtaTransactions transactions,
      Settings settings,
      Upcasters upcasters) {
    this.name = name;
    this.session = session;
    this.models = EclipseLinkModels.of(session);
    this.entities =
        new TransactionEntities(
            session,
            references.stream()
                .filter(reference -> reference.leadsTo(name))
                .map(ContextReference::name)
                .toList());
    this.connections = new JtaConnections(transactions, entities);
    this.rebuilder =
        new Rebuilder(connections, new EventReader(), settings.settleTimeout, upcasters);
    this.baseline =
        new Baseline(
            connections,
            models,
            model -> EclipseLinkStateSql.of(session, model),
            Caller::actor,
            settings.settleTimeout,
            settings.baselineBatch);
    this.driftCheck =
        new DriftCheck(
            connections,
            models,
            model -> EclipseLinkStateSql.rows(session, model),
            borrowed ->
                new Rebuilder(borrowed, new EventReader(), settings.settleTimeout, upcasters));
    this.reconciler =
        new Reconciler(driftCheck, connections, Caller::actor, settings.settleTimeout);
    this.database = database();
  }

  /** Returns the name of the persistence unit. */
  public String name() {
    return name;
  }

  /** Returns its audited entities. */
  public EntityModels models() {
    return models;
  }

  /** Returns what rebuilds states of its database. */
  public Rebuilder rebuilder() {
    return rebuilder;
  }

  /** Returns what the state holds and the class of today does not. */
  public List<String> unknownAttributes(State state) {
    return models
        .of(state.stream().contentType())
        .map(model -> model.unknownAttributes(state.attributes()))
        .orElse(List.of());
  }

  /** Returns what restores its entities, for the thread and the transaction that ask. */
  Restorer restorer(Progress progress) {
    return new Restorer(rebuilder, new EclipseLinkEntities(entities.get()), progress);
  }

  Baseline baseline() {
    return baseline;
  }

  DriftCheck driftCheck() {
    return driftCheck;
  }

  Reconciler reconciler() {
    return reconciler;
  }

  Connections connections() {
    return connections;
  }

  EntityManager entities() {
    return entities.get();
  }

  ServerSession session() {
    return session;
  }

  /** Returns whether one of the objects is of one of its entities. */
  boolean hasTypeIn(List<TouchedStream> streams) {
    return streams.stream()
        .anyMatch(touched -> models.of(touched.stream().contentType()).isPresent());
  }

  boolean hasSameDatabase(AuditedUnit other) {
    return database.equals(other.database);
  }

  /**
   * Opens a connection as the unit does. Without an active JTA transaction it commits each
   * statement.
   */
  Connection connect() {
    DatabaseLogin login = session.getLogin();
    return login.getConnector().connect(properties(login), session);
  }

  private static Properties properties(DatabaseLogin login) {
    Properties properties = new Properties();
    properties.putAll(login.getProperties());
    return properties;
  }

  private String database() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(DATABASE)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(
          "the database of the persistence unit %s does not answer as PostgreSQL".formatted(name),
          e);
    }
  }
}
