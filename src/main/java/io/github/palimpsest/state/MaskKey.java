package io.github.palimpsest.state;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The key of masked attributes, and what events hold in their place: HMAC-SHA-256 (RFC 2104) of the
 * value's JSON text. SQL has the same in {@code palimpsest.fingerprint}. Safe for threads.
 */
final class MaskKey {
  /** Where the key is configured. */
  static final String NAME = "palimpsest.mask.key";

  private static final int SHORTEST = 32;
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "hmac-sha256:";

  private final SecretKeySpec key;

  private MaskKey(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /**
   * Returns the key.
   *
   * @throws IllegalArgumentException if it has less than 32 bytes; the message does not hold it
   */
  static MaskKey of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < SHORTEST) {
      throw new IllegalArgumentException(
          "%s must have at least %d bytes, has %d".formatted(NAME, SHORTEST, bytes.length));
    }
    return new MaskKey(bytes);
  }

  /**
   * Returns the key that is configured: as a property of the persistence unit, else by MicroProfile
   * Config, else as a property of the system.
   *
   * @param property of the persistence unit, if it has one
   * @throws IllegalArgumentException if there is none or it is too short
   */
  static MaskKey configured(@Nullable Object property) {
    String text =
        property instanceof String given
            ? given
            : ApplicationConfig.find(NAME).orElseGet(() -> System.getProperty(NAME));
    if (text == null) {
      throw new IllegalArgumentException("needs the key " + NAME + ", which is not configured");
    }
    return of(text);
  }

  /** Returns the fingerprint of a JSON text, as a JSON text; a number counts by its value. */
  String fingerprint(String json) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] code = mac.doFinal(canonical(json).getBytes(StandardCharsets.UTF_8));
      return "\"" + PREFIX + HexFormat.of().formatHex(code) + "\"";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private static String canonical(String json) {
    char first = json.charAt(0);
    return first == '-' || (first >= '0' && first <= '9')
        ? new BigDecimal(json).stripTrailingZeros().toPlainString()
        : json;
  }
}
