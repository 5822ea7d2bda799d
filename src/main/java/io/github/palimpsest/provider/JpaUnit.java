package io.github.palimpsest.provider;

import io.github.palimpsest.capture.TransactionChanges;
import io.github.palimpsest.event.LiveRows;
import io.github.palimpsest.restore.LiveEntities;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.StateSql;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A JTA persistence unit as its JPA provider has it. Safe for threads. */
public interface JpaUnit {
  /** Returns the name of the persistence unit. */
  String name();

  /** Returns its entity classes, audited or not, and their entity names. */
  Map<Class<?>, String> entities();

  /**
   * Returns its audited entities.
   *
   * @throws IllegalArgumentException if an audited attribute cannot be kept, or the unit's list of
   *     audited entities names what it does not have
   */
  EntityModels models();

  /**
   * Returns the rows of exactly one class and what capture records for them.
   *
   * @throws IllegalArgumentException if an attribute cannot be expressed; the message names it
   */
  StateSql sql(EntityModel model);

  /**
   * Returns a reader of these rows.
   *
   * @throws IllegalArgumentException as {@link #sql}
   */
  LiveRows rows(EntityModel model);

  /** Returns what makes EntityManagers that the container does not manage. */
  EntityManagerFactory factory();

  /**
   * Opens a connection as the provider does. Without an active JTA transaction it commits each
   * statement.
   *
   * @throws SQLException if the data source refuses
   */
  Connection connect() throws SQLException;

  /**
   * Returns the connection on which the provider writes in the active transaction.
   *
   * @param entities joined to it
   * @throws IllegalStateException if no transaction is active
   */
  Connection connection(EntityManager entities);

  /** Returns the live entities, within the active transaction of {@code entities}. */
  LiveEntities live(EntityManager entities);

  /**
   * Hands the changes of the active transaction of {@code entities} to {@code work}; they are
   * written even if no entity changes.
   *
   * @throws IllegalStateException if no transaction is active
   */
  void record(EntityManager entities, Consumer<TransactionChanges> work);

  /** Returns the entity that a provider's proxy stands for; what is no proxy as it is. */
  Object unproxied(Object entity);

  /**
   * Makes sure that capture hears every audited entity.
   *
   * @return the content types that were not heard before
   */
  List<String> listen();

  /** Says that other audited units may take part in the JTA transactions of this one. */
  void shareTransactions();
}
