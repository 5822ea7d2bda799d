package io.github.palimpsest.restore;

import jakarta.persistence.EntityManager;

/** Moves identity counters and sequences past a restored id, so that no new id collides with it. */
public final class Generators {
  private static final String MOVE =
      """
      select setval(cast(g.name as regclass), g.id)
      from (select %s as name, cast(? as bigint) as id) g
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
        .getResultList();
  }

  /**
   * Moves a sequence.
   *
   * @param sequence as SQL names it, quoted where it must be
   */
  public void moveSequence(String sequence, long id) {
    entities
        .createNativeQuery(MOVE.formatted("cast(? as text)"))
        .setParameter(1, sequence)
        .setParameter(2, id)
        .getResultList();
  }
}
