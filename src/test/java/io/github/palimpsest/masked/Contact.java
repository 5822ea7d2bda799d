package io.github.palimpsest.masked;

import io.github.palimpsest.Masked;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

@Embeddable
class Contact {
  @Nullable String street;
  @Masked @Nullable String phone;

  Contact() {}

  Contact(@Nullable String street, @Nullable String phone) {
    this.street = street;
    this.phone = phone;
  }
}
