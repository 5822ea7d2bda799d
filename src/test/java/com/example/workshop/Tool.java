package com.example.workshop;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** What hangs on the wall. */
@Entity
public class Tool {
  @Id private long id;
  private @Nullable String name;

  /** Called by Jakarta Persistence. */
  public Tool() {}

  /** Returns the id. */
  public long getId() {
    return id;
  }

  /** Returns the name. */
  public @Nullable String getName() {
    return name;
  }
}
