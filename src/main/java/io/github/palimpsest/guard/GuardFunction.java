package io.github.palimpsest.guard;

import static io.github.palimpsest.state.StateSql.literal;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A function in the schema palimpsest.
 *
 * @param signature name and parameters
 * @param returns type
 * @param settings how it runs: its owner's rights, names, zone
 * @param body in PL/pgSQL
 */
record GuardFunction(String signature, String returns, String settings, String body) {
  String name() {
    return signature.substring(0, signature.indexOf('('));
  }

  String create() {
    return "create or replace function palimpsest.%s returns %s language plpgsql %s as %s"
        .formatted(signature, returns, settings, literal(body));
  }

  /** What the database says of it when it is as it should be: settings are part of the text. */
  String fingerprint() {
    return "palimpsest guard " + digest(create());
  }

  static String digest(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }
}
