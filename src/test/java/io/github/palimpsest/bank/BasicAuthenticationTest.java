package io.github.palimpsest.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasicAuthenticationTest {
  @ParameterizedTest
  @CsvSource({
    "teller:demo, teller, demo",
    "teller:, teller, ''",
    ":demo, '', demo",
    "teller:a:b, teller, a:b",
    "Zoë:größer, Zoë, größer",
  })
  void reads_caller_and_password(String pair, String caller, String password) {
    assertThat(BasicAuthentication.credential("Basic " + base64(pair)))
        .hasValueSatisfying(
            credential -> {
              assertThat(credential.getCaller()).isEqualTo(caller);
              assertThat(credential.getPasswordAsString()).isEqualTo(password);
            });
  }

  @Test
  void the_name_of_the_scheme_may_be_written_in_any_case() {
    assertThat(BasicAuthentication.credential("bAsIc " + base64("teller:demo"))).isPresent();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "Basic", "Basic ", "Basic !!!", "Basic dGVsbGVy", "Bearer YTpi"})
  void finds_nobody_in_anything_else(String header) {
    assertThat(BasicAuthentication.credential(header)).isEmpty();
  }

  private static String base64(String pair) {
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
