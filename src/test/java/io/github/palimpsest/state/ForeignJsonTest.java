package io.github.palimpsest.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignJsonTest {
  @ParameterizedTest
  @ValueSource(strings = {"1", "-1.50", "\"a\"", "null", "true", "[1,{\"a\":[]}]", "{}", " [] "})
  void reads_any_value(String text) {
    assertThat(ForeignJson.parse(text)).hasToString(text.trim());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "[", "[1", "{\"a\"", "nonsense", "[] []", "1 2", "{} x", "'a'"})
  void refuses_what_is_none(String text) {
    refused(text, "must be valid JSON");
  }

  @Test
  void refuses_deep_nesting() {
    refused("[".repeat(1000), "must not be so deeply nested");
    refused("{\"a\":".repeat(1000), "must not be so deeply nested");
  }

  @Test
  void refuses_numbers_that_take_long_to_read() {
    refused("9".repeat(1200), "must hold numbers of sensible size");
    refused("[" + "9".repeat(1200) + "]", "must hold numbers of sensible size");
    refused("[1E99999999999]", "must hold numbers of sensible size");
  }

  private static void refused(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ForeignJson.parse(text))
        .withMessage(message);
  }
}
