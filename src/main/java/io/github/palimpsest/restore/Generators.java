package io.github.palimpsest.restore;

import jakarta.persistence.EntityManager;

/** Moves what draws ids past a restored one, so that no new id collides with it. */
public final class Generators {
  private static final String MOVE =
      """
      select setval(cast(g.name as regclass), g.id + g.beyond)
      from (select %s as name, cast(? as bigint) as id, cast(? as bigint) as beyond) g
      where g.name is not null
        and g.id > coalesce(pg_sequence_last_value(cast(g.name as regclass)), 0)
      """;

  private final EntityManager entities;

  /** Creates the mover for the transaction of {@code entities}. */
  public Generators(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * Moves the counter of an identity column.
   *
   * @param table as SQL names it, quoted where it must be
   * @param column as the catalogue names it, never quoted
   */
  public void moveIdentity(String table, String column, long id) {
    entities
        .createNativeQuery(MOVE.formatted("pg_get_serial_sequence(?, ?)"))
        .setParameter(1, table)
        .setParameter(2, column)
        .setParameter(3, id)
        .setParameter(4, 0)
        .getResultList();
  }

  /**
   * Moves a sequence.
   *
   * @param sequence as SQL names it, quoted where it must be
   * @param beyond how much further than the id, if it is moved
   */
  public void moveSequence(String sequence, long id, long beyond) {
    entities
        .createNativeQuery(MOVE.formatted("cast(? as text)"))
        .setParameter(1, sequence)
        .setParameter(2, id)
        .setParameter(3, beyond)
        .getResultList();
  }

  /**
   * Moves the counter in a row of a table.
   *
   * @param table as SQL names it, as the columns
   * @param name of the counter, in the column {@code nameColumn}
   * @param beyond how much further than the id, if it is moved
   */
  public void moveTable(
      String table, String nameColumn, String name, String counterColumn, long id, long beyond) {
    entities
        .createNativeQuery(
            "update %1$s set %2$s = ? where %3$s = ? and %2$s < ?"
                .formatted(table, counterColumn, nameColumn))
        .setParameter(1, id + beyond)
        .setParameter(2, name)
        .setParameter(3, id)
        .executeUpdate();
  }
}
