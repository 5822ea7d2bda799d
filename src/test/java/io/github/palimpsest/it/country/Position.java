package io.github.palimpsest.it.country;

import jakarta.persistence.Embeddable;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

@Embeddable
class Position {
  private @Nullable BigDecimal lat;
  private @Nullable BigDecimal lng;

  protected Position() {}

  Position(@Nullable BigDecimal lat, @Nullable BigDecimal lng) {
    this.lat = lat;
    this.lng = lng;
  }

  @Nullable BigDecimal lat() {
    return lat;
  }

  @Nullable BigDecimal lng() {
    return lng;
  }
}
