package com.example.workshop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What is to be done. */
@Entity
public class Repair {
  @Id @GeneratedValue private @Nullable Long id;
  private @Nullable String title;

  @Column(precision = 12, scale = 2)
  private @Nullable BigDecimal price;

  @ManyToOne(fetch = FetchType.LAZY)
  private @Nullable Customer customer;

  @Version private long version;

  /** Called by Jakarta Persistence. */
  public Repair() {}

  Repair(@Nullable Customer customer, String title, BigDecimal price) {
    this.customer = customer;
    this.title = title;
    this.price = price;
  }

  /** Returns the id, null before it is stored. */
  public @Nullable Long getId() {
    return id;
  }

  /** Returns the title. */
  public @Nullable String getTitle() {
    return title;
  }

  /** Returns the price. */
  public @Nullable BigDecimal getPrice() {
    return price;
  }

  /** Returns who brought it. */
  public @Nullable Customer getCustomer() {
    return customer;
  }

  void change(String newTitle) {
    title = newTitle;
  }

  void cost(BigDecimal newPrice) {
    price = newPrice;
  }
}
