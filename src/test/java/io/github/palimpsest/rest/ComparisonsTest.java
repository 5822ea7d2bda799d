package io.github.palimpsest.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.event.Condition;
import io.github.palimpsest.rebuild.AttributePath;
import io.github.palimpsest.state.JsonText;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonsTest {
  /** It is too deep, or too large, to be anything else. */
  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[9"})
  void what_no_parser_takes_is_text(String begin) {
    String text = begin + begin.substring(begin.length() - 1).repeat(1200);

    assertThat(holds(text, JsonText.string(text))).isTrue();
    assertThat(holds(text, JsonValue.NULL)).isFalse();
    assertThat(holds("gt:" + text, JsonText.number(BigDecimal.ONE))).isFalse();
  }

  private static boolean holds(String comparison, JsonValue value) {
    Condition condition = Comparisons.of(AttributePath.unchecked("balance"), comparison);
    return condition.test(asked -> value);
  }
}
