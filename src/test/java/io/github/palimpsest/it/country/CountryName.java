package io.github.palimpsest.it.country;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

@Embeddable
class CountryName {
  @Column(name = "common_name")
  private @Nullable String common;

  @Column(name = "official_name")
  private @Nullable String official;

  protected CountryName() {}

  CountryName(@Nullable String common, @Nullable String official) {
    this.common = common;
    this.official = official;
  }

  void become(@Nullable String newCommon, @Nullable String newOfficial) {
    common = newCommon;
    official = newOfficial;
  }

  @Nullable String common() {
    return common;
  }

  @Nullable String official() {
    return official;
  }
}
