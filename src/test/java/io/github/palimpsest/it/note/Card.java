package io.github.palimpsest.it.note;

import io.github.palimpsest.Audited;
import io.github.palimpsest.Masked;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** Has a masked attribute, and a second version in which its owner is called its holder. */
@Entity
@Audited(schemaVersion = 2)
class Card {
  @Id long id;
  @Nullable String holder;
  @Masked @Nullable String number;

  Card() {}
}
