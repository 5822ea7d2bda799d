package com.example.workshop.past;

import io.github.palimpsest.Masked;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** Where keys are; the combination is nobody's business. */
@Entity
public class Safe {
  @Id private long id;
  @Masked private @Nullable String combination;

  /** Called by Jakarta Persistence. */
  public Safe() {}

  Safe(long id, String combination) {
    this.id = id;
    this.combination = combination;
  }

  /** Returns the id. */
  public long getId() {
    return id;
  }

  /** Returns the combination. */
  public @Nullable String getCombination() {
    return combination;
  }
}
