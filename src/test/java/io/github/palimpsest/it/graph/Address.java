package io.github.palimpsest.it.graph;

import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

@Embeddable
class Address {
  @Nullable String street;
  @Nullable String city;

  Address() {}

  Address(@Nullable String street, @Nullable String city) {
    this.street = street;
    this.city = city;
  }
}
