package com.example.club;

import jakarta.persistence.PrePersist;

/** The default listener that the club's own orm.xml names. */
public class ClubListener {
  /** Called by Jakarta Persistence. */
  public ClubListener() {}

  /** Greets guests. */
  @PrePersist
  public void welcome(Object entity) {
    if (entity instanceof Guest guest && !guest.isGreeted()) {
      guest.greet();
    }
  }
}
