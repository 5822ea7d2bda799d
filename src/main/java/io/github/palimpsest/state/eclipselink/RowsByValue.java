package io.github.palimpsest.state.eclipselink;

import org.eclipse.persistence.mappings.AggregateCollectionMapping;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.eclipse.persistence.mappings.DirectCollectionMapping;

/**
 * Collections whose rows EclipseLink tells apart by what is in them. Of equal ones it deletes all
 * where one goes and another stays in its place ({@code DirectCollectionMapping}, lists with an
 * order column), or writes none ({@code AggregateCollectionMapping}, EclipseLink issue 2856): what
 * is stored then is not what the entity has in memory.
 */
public final class RowsByValue {
  private RowsByValue() {}

  /** Returns whether a mapping is of such a collection. */
  public static boolean of(DatabaseMapping mapping) {
    return mapping instanceof AggregateCollectionMapping
        || (mapping instanceof DirectCollectionMapping list && list.getListOrderField() != null);
  }
}
