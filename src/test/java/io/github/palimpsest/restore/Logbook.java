package io.github.palimpsest.restore;

import io.github.palimpsest.Audited;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** Has columns that not every statement writes. */
@Entity(name = "Logbook")
@Audited
class Logbook {
  static final String TABLE =
      "create table logbook (id text primary key, opened text, closed text, colour text, maker text)";

  @Id String id = "";

  @Column(updatable = false)
  @Nullable String opened;

  @Column(insertable = false)
  @Nullable String closed;

  @Embedded @Nullable Seal seal;

  /** What closes it. */
  @Embeddable
  static class Seal {
    @Nullable String colour;

    @Column(updatable = false)
    @Nullable String maker;

    Seal() {}

    Seal(String colour, String maker) {
      this.colour = colour;
      this.maker = maker;
    }
  }

  Logbook() {}

  Logbook(String id) {
    this.id = id;
    this.opened = "may";
    this.seal = new Seal("red", "Ada");
  }
}
