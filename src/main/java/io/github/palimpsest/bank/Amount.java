package io.github.palimpsest.bank;

import java.math.BigDecimal;

/**
 * An amount of money to move: more than 0, as the column of a balance can hold it.
 *
 * @param value with as few decimals as it needs, but at least one: 50.0, 12.34
 */
record Amount(BigDecimal value) {
  static final int DECIMALS = 6;
  private static final int WHOLE_DIGITS = 13;

  Amount {
    if (value.signum() <= 0) {
      throw new IllegalArgumentException("must be more than 0");
    }
    if (value.scale() > DECIMALS || !fits(value)) {
      throw new IllegalArgumentException(
          "must have at most %d digits before and %d after the decimal point"
              .formatted(WHOLE_DIGITS, DECIMALS));
    }
    value = normalized(value);
  }

  /** Returns whether so large a number fits into the column. */
  static boolean fits(BigDecimal number) {
    return (long) number.precision() - number.scale() <= WHOLE_DIGITS;
  }

  /** Returns the number without needless decimals, but with one at least. */
  static BigDecimal normalized(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.setScale(Math.max(1, stripped.scale()));
  }
}
