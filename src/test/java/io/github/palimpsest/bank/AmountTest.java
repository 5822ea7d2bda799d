package io.github.palimpsest.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
  @ParameterizedTest
  @CsvSource({
    "50, 50.0",
    "50.0, 50.0",
    "50.000000, 50.0",
    "12.34, 12.34",
    "12.340, 12.34",
    "1E+3, 1000.0",
    "0.000001, 0.000001",
    "9999999999999.999999, 9999999999999.999999",
  })
  void has_as_few_decimals_as_it_needs_but_one_at_least(BigDecimal given, String written) {
    assertThat(new Amount(given).value()).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.000000", "0E-1000000000", "-0.000001", "-1E+1000000000"})
  void must_be_more_than_nothing(BigDecimal given) {
    assertThatThrownBy(() -> new Amount(given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must be more than 0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0000001", "1.0000000", "10000000000000", "1E+13", "1E+2147483647", "1E-99999"})
  void must_fit_into_the_column(BigDecimal given) {
    assertThatThrownBy(() -> new Amount(given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must have at most 13 digits before and 6 after the decimal point");
  }
}
