package com.example.depot;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** What the books say; of another persistence unit. Whoever writes last is right. */
@Entity
public class Entry {
  @Id private long id;
  private long amount;

  /** Called by Jakarta Persistence. */
  protected Entry() {}

  Entry(long id) {
    this.id = id;
  }

  long id() {
    return id;
  }

  long amount() {
    return amount;
  }

  void put(long value) {
    amount = value;
  }
}
