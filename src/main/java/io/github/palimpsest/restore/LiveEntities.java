package io.github.palimpsest.restore;

import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The live entities of a persistence unit, within the caller's transaction. */
public interface LiveEntities {
  /** Returns the audited entities. */
  EntityModels models();

  /**
   * Returns the entity as its row is now, never from a cache, and locks the row; empty if there is
   * none. What the persistence context holds of it unwritten is lost: {@link #flush} first.
   */
  Optional<Object> find(EntityModel model, String objectId);

  /**
   * Returns the entities of these ids that there are, by object id, as {@link #find(EntityModel,
   * String)} does, with few queries where that can be.
   */
  Map<String, Object> find(EntityModel model, Collection<String> objectIds);

  /** Returns what finds the entities that references lead to, until {@link #clear}. */
  LiveReferences references();

  /** Returns whether an entity cannot be inserted without a value of that attribute. */
  boolean isRequired(EntityModel model, String attribute);

  /** Returns who refers to {@code entity} with an audited attribute, itself included. */
  Set<Referrer> referrers(Object entity);

  /**
   * Returns the entities that are removed with {@code entity}, and those that are removed with
   * them: by cascade (Jakarta Persistence 3.1 §3.2.3) or as orphans (§2.9).
   */
  Collection<Object> removedWith(Object entity);

  /**
   * Sets attributes of a managed entity as the application would.
   *
   * @param names which
   * @param wanted an instance, not managed, that has their values
   */
  void change(EntityModel model, Object entity, Collection<String> names, Object wanted);

  /**
   * Creates entities under the ids that they have, without what is masked.
   *
   * @return the managed entities, in the same order
   */
  List<Object> create(EntityModel model, List<NewEntity> wanted);

  /** Removes a managed entity as the application would. */
  void remove(Object entity);

  /** Moves what draws ids past those of the entities created, so that no new id collides. */
  void moveGenerators();

  /** Writes what the persistence context holds. */
  void flush();

  /** Forgets everything that the persistence context holds, which has been written. */
  void clear();

  /** Sets why, for the events of this transaction. */
  void reason(String reason);

  /** Records that this transaction undoes another one. */
  void undid(long transaction);

  /**
   * Lets a cache that other transactions share be read anew when this one has committed: it was not
   * told of the inverse sides of what changed.
   */
  void evictAtCommit();
}
