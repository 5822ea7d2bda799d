package io.github.palimpsest.state;

import jakarta.persistence.MapKey;
import jakarta.persistence.OrderBy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The inverse side of a relation: nothing of it is recorded, the owning side says what it holds.
 *
 * @param name of the attribute
 * @param accessor how it is reached
 * @param target the class that owns the relation
 * @param mappedBy attribute of the target, with dots if it is in an embeddable
 * @param member its declaration
 */
public record Inverse(
    String name, Accessor accessor, Class<?> target, String mappedBy, Member member) {
  /** Returns whether it is one object, not a collection. */
  public boolean isSingle() {
    return !isMap() && !Collection.class.isAssignableFrom(member.container());
  }

  /** Returns whether it is a map. */
  public boolean isMap() {
    return Map.class.isAssignableFrom(member.container());
  }

  /** Returns whether it is a list, or a collection that may be one. */
  public boolean isList() {
    return member.container().isAssignableFrom(List.class);
  }

  /** Returns the attribute of the target that is the key of a map, empty for the primary key. */
  public String key() {
    return member.annotation(MapKey.class).map(MapKey::name).orElse("");
  }

  /**
   * Returns by what it is ordered, as Jakarta Persistence 3.1 §11.1.42 writes it; an empty text for
   * the primary key, nothing if it has no order.
   */
  public Optional<String> order() {
    return member.annotation(OrderBy.class).map(OrderBy::value);
  }
}
