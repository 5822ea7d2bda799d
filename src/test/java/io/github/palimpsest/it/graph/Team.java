package io.github.palimpsest.it.graph;

import io.github.palimpsest.Audited;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** Has no version. */
@Entity
@Audited
class Team {
  @Id long id;
  @Nullable String name;
  @Nullable String motto;

  Team() {}

  Team(long id) {
    this.id = id;
  }

  void become(@Nullable String newName, @Nullable String newMotto) {
    name = newName;
    motto = newMotto;
  }
}
