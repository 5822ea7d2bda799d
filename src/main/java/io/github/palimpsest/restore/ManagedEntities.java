package io.github.palimpsest.restore;

import jakarta.persistence.CacheRetrieveMode;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.Map;

/** What live entities are on every JPA provider. For the thread of the transaction. */
public abstract class ManagedEntities implements LiveEntities {
  protected static final Map<String, Object> FROM_DATABASE =
      Map.of("jakarta.persistence.cache.retrieveMode", CacheRetrieveMode.BYPASS);

  protected final EntityManager entities;
  private final Map<IdSource, Long> highestIds = new HashMap<>();

  /** Creates the view of {@code entities}, which are joined to a transaction when it is used. */
  protected ManagedEntities(EntityManager entities) {
    this.entities = entities;
  }

  /** Takes note that an entity was created under an id that this might draw. */
  protected final void created(IdSource source, long id) {
    highestIds.merge(source, id, Math::max);
  }

  @Override
  public final void remove(Object entity) {
    entities.remove(entity);
  }

  @Override
  public final void moveGenerators() {
    Generators generators = new Generators(entities);
    highestIds.forEach((source, id) -> source.moveBeyond(id, generators));
    highestIds.clear();
  }

  @Override
  public final void flush() {
    entities.flush();
  }

  @Override
  public final void clear() {
    entities.clear();
  }
}
