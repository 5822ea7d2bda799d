package io.github.palimpsest.masked;

import io.github.palimpsest.Audited;
import io.github.palimpsest.Masked;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OrderColumn;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** What only Hibernate keeps, masked: subclasses of embeddables, and arrays. */
@Entity(name = "Chest")
@Audited
class Chest {
  @Embeddable
  @DiscriminatorColumn(name = "lock_kind")
  @DiscriminatorValue("lock")
  static class Lock {
    @Nullable String maker;
  }

  @Embeddable
  @DiscriminatorValue("dial")
  static class Dial extends Lock {
    @Masked @Nullable String combination;
    @Masked int @Nullable [] turns;
  }

  @Id long id;
  @Embedded Lock lock = new Lock();
  @ElementCollection List<Lock> spares = new ArrayList<>();

  @Masked
  @JdbcTypeCode(SqlTypes.ARRAY)
  @Nullable List<String> contents;

  @Masked
  @ElementCollection
  @OrderColumn(name = "place")
  String @Nullable [] drawers;

  static Chest make(long id) {
    Chest made = new Chest();
    made.id = id;
    return made;
  }

  static Dial dial(@Nullable String combination, int... turns) {
    Dial made = new Dial();
    made.maker = "Ada";
    made.combination = combination;
    made.turns = turns;
    return made;
  }
}
