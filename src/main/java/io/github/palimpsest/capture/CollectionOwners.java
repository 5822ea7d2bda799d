package io.github.palimpsest.capture;

import io.github.palimpsest.CaptureFailedException;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EntityModel;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Entities without a version whose collections a transaction changed. Such a change locks no row of
 * the owner, so two transactions may add to one collection at once, and neither has the whole of it
 * in memory. Just before the commit the owner's row is locked, which puts such transactions in an
 * order, and the collection is read again by the provider's adapter (ADR 0001). So is one that the
 * provider may have stored otherwise than it is in memory. For one thread.
 *
 * @param <M> what the provider knows of an entity class
 */
public final class CollectionOwners<M> {
  /**
   * One of them.
   *
   * @param <M> what the provider knows of an entity class
   */
  public record Owner<M>(
      M mapping, EntityModel model, Object entity, Map<String, Attribute> attributes) {
    /** Records the collections as the database has them: as {@code stored}, read anew, does. */
    public void reread(Object stored, TransactionChanges changes) {
      attributes
          .values()
          .forEach(attribute -> changes.reread(model, entity, attribute, attribute.text(stored)));
    }

    /**
     * Locks its row until the end of the transaction. NO KEY UPDATE: the rows of the collection
     * hold a key share lock on their owner already.
     *
     * @param columns of its primary key
     * @param key sets their values
     * @throws CaptureFailedException if the database fails
     */
    public void lock(Connection connection, String table, List<String> columns, Key key) {
      String sql =
          "select 1 from %s where %s for no key update"
              .formatted(
                  table,
                  columns.stream().map(name -> name + " = ?").collect(Collectors.joining(" and ")));
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        key.set(statement);
        statement.execute();
      } catch (SQLException e) {
        throw new CaptureFailedException(
            "The row of %s could not be locked (SQLState %s)."
                .formatted(model.contentType(), e.getSQLState()),
            e);
      }
    }
  }

  /** Sets the values of a primary key, from the first parameter on. */
  @FunctionalInterface
  public interface Key {
    /**
     * Sets them.
     *
     * @throws SQLException if the driver refuses
     */
    void set(PreparedStatement statement) throws SQLException;
  }

  /** In the order of their names, so that two transactions lock in the same order. */
  private final Map<String, Owner<M>> owners = new TreeMap<>();

  /** Creates an empty collection for one transaction. */
  public CollectionOwners() {}

  /**
   * Remembers the owner of a changed attribute, if that is a collection and it has an id.
   *
   * @param isKnown whether the collection is sure to be stored as it is in memory
   */
  public void add(
      M mapping, boolean isKnown, EntityModel model, Object entity, Attribute attribute) {
    if (attribute.isStoredBesideTheRow() && !isKnown) {
      model.stream(entity)
          .ifPresent(
              stream ->
                  owners
                      .computeIfAbsent(
                          stream.toString(),
                          name -> new Owner<>(mapping, model, entity, new TreeMap<>()))
                      .attributes()
                      .put(attribute.name(), attribute));
    }
  }

  /** Returns them in the order in which they are to be locked. */
  public Collection<Owner<M>> all() {
    return owners.values();
  }

  /** Returns whether there is none. */
  public boolean isEmpty() {
    return owners.isEmpty();
  }

  /** Forgets them. */
  public void clear() {
    owners.clear();
  }
}
