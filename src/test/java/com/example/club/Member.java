package com.example.club;

import jakarta.persistence.Entity;
import jakarta.persistence.ExcludeDefaultListeners;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** No default listener hears of it. */
@Entity
@ExcludeDefaultListeners
public class Member {
  @Id private @Nullable String name;

  /** Called by Jakarta Persistence. */
  protected Member() {}

  Member(String name) {
    this.name = name;
  }

  /** Returns the name. */
  public @Nullable String name() {
    return name;
  }
}
