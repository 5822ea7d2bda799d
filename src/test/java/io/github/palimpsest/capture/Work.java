package io.github.palimpsest.capture;

import io.github.palimpsest.Audited;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.SequenceGenerator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Has subclasses with tables of their own. */
@Entity
@Audited
@Inheritance(strategy = InheritanceType.JOINED)
@DiscriminatorColumn
class Work {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "work_seq")
  @SequenceGenerator(name = "work_seq", sequenceName = "work_seq", allocationSize = 1)
  @Nullable Long id;

  @Nullable String name;

  Work() {}

  Work(String name) {
    this.name = name;
  }

  long id() {
    return Objects.requireNonNull(id);
  }
}
