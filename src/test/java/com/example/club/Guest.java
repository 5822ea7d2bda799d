package com.example.club;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** The club's own default listener hears of it. */
@Entity
public class Guest {
  @Id private @Nullable String name;
  private boolean greeted;

  /** Called by Jakarta Persistence. */
  protected Guest() {}

  Guest(String name) {
    this.name = name;
  }

  /** Returns the name. */
  public @Nullable String name() {
    return name;
  }

  boolean isGreeted() {
    return greeted;
  }

  void greet() {
    greeted = true;
  }
}
