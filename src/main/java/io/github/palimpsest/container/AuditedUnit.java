package io.github.palimpsest.container;

import io.github.palimpsest.capture.Caller;
import io.github.palimpsest.capture.TransactionChanges;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.event.TouchedStream;
import io.github.palimpsest.guard.Baseline;
import io.github.palimpsest.guard.DriftCheck;
import io.github.palimpsest.guard.Reconciler;
import io.github.palimpsest.provider.JpaUnit;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.restore.Progress;
import io.github.palimpsest.restore.Restorer;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.Upcasters;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;

/** A persistence unit of the application and what is wired for it. Safe for threads. */
public final class AuditedUnit {
  /** A start of a server and a database on it. */
  private static final String DATABASE =
      """
      select pg_postmaster_start_time()::text || ' ' || oid::text
      from pg_database where datname = current_database()
      """;

  private final JpaUnit jpa;
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
      JpaUnit jpa,
      List<ContextReference> references,
      JtaTransactions transactions,
      Settings settings,
      Upcasters upcasters) {
    this.jpa = jpa;
    this.models = jpa.models();
    this.entities =
        new TransactionEntities(
            jpa.factory(),
            references.stream()
                .filter(reference -> reference.leadsTo(jpa.name()))
                .map(ContextReference::name)
                .toList());
    this.connections = new JtaConnections(transactions, jpa, entities);
    this.rebuilder =
        new Rebuilder(connections, new EventReader(), settings.settleTimeout, upcasters);
    this.baseline =
        new Baseline(
            connections,
            models,
            jpa::sql,
            Caller::actor,
            settings.settleTimeout,
            settings.baselineBatch);
    this.driftCheck =
        new DriftCheck(
            connections,
            models,
            jpa::rows,
            borrowed ->
                new Rebuilder(borrowed, new EventReader(), settings.settleTimeout, upcasters));
    this.reconciler =
        new Reconciler(driftCheck, connections, Caller::actor, settings.settleTimeout);
    this.database = database();
  }

  /** Returns the name of the persistence unit. */
  public String name() {
    return jpa.name();
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
    return new Restorer(rebuilder, jpa.live(entities.get()), progress);
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

  JpaUnit jpa() {
    return jpa;
  }

  /**
   * Hands the changes of the active transaction to {@code work}.
   *
   * @throws IllegalStateException if no transaction is active
   */
  void record(Consumer<TransactionChanges> work) {
    jpa.record(entities.get(), work);
  }

  /** Returns whether one of the objects is of one of its entities. */
  boolean hasTypeIn(List<TouchedStream> streams) {
    return streams.stream()
        .anyMatch(touched -> models.of(touched.stream().contentType()).isPresent());
  }

  boolean hasSameDatabase(AuditedUnit other) {
    return database.equals(other.database);
  }

  private String database() {
    try (Connection connection = jpa.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(DATABASE)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(
          "the database of the persistence unit %s does not answer as PostgreSQL".formatted(name()),
          e);
    }
  }
}
