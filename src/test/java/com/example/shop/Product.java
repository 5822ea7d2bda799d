package com.example.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What the shop sells. */
@Entity
public class Product {
  @Id @GeneratedValue private @Nullable Long id;
  private @Nullable String name;
  private @Nullable BigDecimal price;
  @Version private long version;

  /** Called by Jakarta Persistence and JSON Binding. */
  public Product() {}

  /** Returns the id, null before it is stored. */
  public @Nullable Long getId() {
    return id;
  }

  /** Returns the name. */
  public @Nullable String getName() {
    return name;
  }

  /** Sets the name. */
  public void setName(@Nullable String name) {
    this.name = name;
  }

  /** Returns the price. */
  public @Nullable BigDecimal getPrice() {
    return price;
  }

  /** Sets the price. */
  public void setPrice(@Nullable BigDecimal price) {
    this.price = price;
  }
}
