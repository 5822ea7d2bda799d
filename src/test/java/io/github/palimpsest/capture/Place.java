package io.github.palimpsest.capture;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

@Embeddable
class Place {
  @Nullable String city;

  @Column(precision = 12, scale = 6)
  @Nullable BigDecimal latitude;

  Place() {}

  Place(@Nullable String city, @Nullable BigDecimal latitude) {
    this.city = city;
    this.latitude = latitude;
  }
}
