package io.github.palimpsest.capture;

import jakarta.persistence.Entity;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Is audited because its superclass is. */
@Entity
class Sculpture extends Work {
  @Nullable LocalDate made;

  Sculpture() {}

  Sculpture(String name, LocalDate made) {
    super(name);
    this.made = made;
  }
}
