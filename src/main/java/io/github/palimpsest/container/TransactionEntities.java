package io.github.palimpsest.container;

import io.github.palimpsest.capture.JtaRegistry;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * The EntityManager of one persistence unit in the active JTA transaction: the one that the
 * application uses there, found by a reference of its own (ADR 0016). An application that lets the
 * container manage none gets one for the rest of the transaction. Safe for threads.
 */
final class TransactionEntities {
  private final List<String> names;
  private final EntityManagerFactory factory;
  private volatile @Nullable EntityManager managed;

  /**
   * Creates it.
   *
   * @param factory of the unit
   * @param names of the application's references to the unit, relative to {@code java:comp/env}
   */
  TransactionEntities(EntityManagerFactory factory, List<String> names) {
    this.names = names;
    this.factory = factory;
  }

  /**
   * Returns it.
   *
   * @throws IllegalStateException if there is no reference and no transaction is active
   */
  EntityManager get() {
    EntityManager known = managed;
    if (known == null) {
      known = names.stream().flatMap(name -> find(name).stream()).findFirst().orElse(null);
      managed = known;
    }
    return known == null ? own() : known;
  }

  /** A component in whose class the reference is may not have been deployed, or be elsewhere. */
  @SuppressWarnings("BanJNDI") // names that the application's own annotations declare
  private static Optional<EntityManager> find(String name) {
    try {
      return Optional.of(InitialContext.<EntityManager>doLookup("java:comp/env/" + name));
    } catch (NamingException e) {
      return Optional.empty();
    }
  }

  private EntityManager own() {
    TransactionSynchronizationRegistry registry = JtaRegistry.find();
    if (registry.getTransactionKey() == null) {
      throw new IllegalStateException("no transaction is active");
    }
    if (registry.getResource(this) instanceof EntityManager known) {
      return known;
    }
    EntityManager created = factory.createEntityManager();
    created.joinTransaction();
    registry.putResource(this, created);
    registry.registerInterposedSynchronization(new Closing(created));
    return created;
  }

  private record Closing(EntityManager entities) implements Synchronization {
    @Override
    public void beforeCompletion() {
      // The provider writes at its own synchronization.
    }

    @Override
    public void afterCompletion(int status) {
      entities.close();
    }
  }
}
