package com.example.depot;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** What is in stock; of one persistence unit. */
@Entity
public class Shelf {
  @Id private long id;
  private long amount;

  /** Called by Jakarta Persistence. */
  protected Shelf() {}

  Shelf(long id) {
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
