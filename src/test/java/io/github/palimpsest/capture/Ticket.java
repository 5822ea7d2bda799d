package io.github.palimpsest.capture;

import io.github.palimpsest.Audited;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Has its id from a sequence and no version. */
@Entity
@Audited(contentType = "ticket", schemaVersion = 3)
class Ticket {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "ticket_seq")
  @SequenceGenerator(name = "ticket_seq", sequenceName = "ticket_seq", allocationSize = 5)
  @Nullable Long id;

  @Nullable String seat;

  Ticket() {}

  Ticket(String seat) {
    this.seat = seat;
  }

  long id() {
    return Objects.requireNonNull(id);
  }
}
