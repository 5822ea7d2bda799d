package io.github.palimpsest.capture;

import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

@Embeddable
class Label {
  @Nullable String language;
  @Nullable String text;

  Label() {}

  Label(@Nullable String language, @Nullable String text) {
    this.language = language;
    this.text = text;
  }
}
