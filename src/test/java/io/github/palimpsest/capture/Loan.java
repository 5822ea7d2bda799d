package io.github.palimpsest.capture;

import io.github.palimpsest.Audited;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Has an id of two attributes, a version, and a reference whose class has subclasses. */
@Entity
@Audited
@IdClass(Loan.Key.class)
class Loan {
  /** The primary key. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    @Nullable String museum;
    int number;

    public Key() {}

    Key(String museum, int number) {
      this.museum = museum;
      this.number = number;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && Objects.equals(museum, key.museum) && number == key.number;
    }

    @Override
    public int hashCode() {
      return Objects.hash(museum, number);
    }
  }

  @Id @Nullable String museum;
  @Id int number;
  @Version long version;

  @ManyToOne(fetch = FetchType.LAZY)
  @Nullable Work work;

  Loan() {}

  Loan(String museum, int number, Work work) {
    this.museum = museum;
    this.number = number;
    this.work = work;
  }
}
