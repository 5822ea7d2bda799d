package io.github.palimpsest.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikePatternTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "%, \"\", true",
        "%, abc, true",
        "\"\", \"\", true",
        "\"\", a, false",
        "a%, a, true",
        "a%, ba, false",
        "%a, aba, true",
        "%ab, aab, true",
        "%ab%cd, xabyabcdcd, true",
        "%ab%cd, xabyabcdc, false",
        "_, a, true",
        "_, \"\", false",
        "_, ab, false",
        "_, \uD83D\uDE00, true",
        "a_c, a.c, true",
        "%_%_%, a, false",
        "%_%_%, ab, true",
        "10\\%, 10%, true",
        "10\\%, 100, false",
        "a\\_b, a_b, true",
        "a\\_b, axb, false",
        "\\\\, \\, true",
        "(.*), (.*), true",
      })
  void a_pattern_means_what_it_means_in_SQL(String pattern, String text, boolean isLike) {
    assertThat(LikePattern.of(pattern).matches(text)).isEqualTo(isLike);
  }

  @Test
  void a_backslash_at_the_end_takes_nothing() {
    assertThatThrownBy(() -> LikePattern.of("a\\"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a pattern must not end with a backslash");
  }

  @Test
  void a_pattern_of_many_parts_is_soon_decided() {
    String pattern = "%a".repeat(50) + "%b";
    String text = "a".repeat(20_000);

    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(LikePattern.of(pattern).matches(text)).isFalse());
  }
}
