package io.github.palimpsest.restore;

import java.util.Collection;
import java.util.List;

/**
 * An entity to be created under the id that it has.
 *
 * @param copy an instance, not managed, that has its values
 * @param collections the names of those attributes that its row does not hold
 */
public record NewEntity(Object copy, Collection<String> collections) {
  public NewEntity {
    collections = List.copyOf(collections);
  }
}
