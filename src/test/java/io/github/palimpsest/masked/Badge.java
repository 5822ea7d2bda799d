package io.github.palimpsest.masked;

import io.github.palimpsest.Audited;
import io.github.palimpsest.Masked;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** Must be refused: its id is masked. */
@Entity
@Audited
class Badge {
  @Id @Masked long number;
}
