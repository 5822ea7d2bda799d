package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import io.github.palimpsest.testing.JpaProvider;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Basic types but those of time. */
public final class Basics implements Kinds {
  @Entity(name = "Primitives")
  @Audited
  static class Primitives {
    @Id int id;
    boolean truth;
    byte tiny;
    short small;
    int number;
    long big;
    float real;
    double precise;
    char sign = '-';

    static Kind<Primitives> kind() {
      return Kind.of(
              "primitives",
              Primitives.class,
              (em, n) -> {
                Primitives made = new Primitives();
                made.id = n;
                return made;
              },
              """
              {"truth":false,"tiny":0,"small":0,"number":0,"big":0,"real":0.0,"precise":0.0,"sign":"-"}""")
          .change(
              "every attribute",
              e -> {
                e.truth = true;
                e.tiny = Byte.MIN_VALUE;
                e.small = Short.MAX_VALUE;
                e.number = Integer.MIN_VALUE;
                e.big = Long.MAX_VALUE;
                e.real = 0.1f;
                e.precise = 1e-7;
                e.sign = 'ß';
              },
              """
              {"truth":true,"tiny":-128,"small":32767,"number":-2147483648,"big":9223372036854775807,\
              "real":0.1,"precise":0.00000010,"sign":"ß"}""")
          .change("not a number", e -> e.precise = Double.NaN, "{\"precise\":\"NaN\"}")
          .change(
              "infinities",
              e -> {
                e.precise = Double.POSITIVE_INFINITY;
                e.real = Float.NEGATIVE_INFINITY;
              },
              "{\"precise\":\"Infinity\",\"real\":\"-Infinity\"}")
          .noChange("same value again", e -> e.precise = 0);
    }
  }

  @Entity(name = "Wrappers")
  @Audited
  static class Wrappers {
    @Id Integer id;
    String text;
    Boolean truth;
    Byte tiny;
    Short small;
    Integer number;
    Long big;
    Float real;
    Double precise;
    Character sign;

    @Column(columnDefinition = "numeric(38)")
    BigInteger huge;

    @Column(precision = 20, scale = 4)
    BigDecimal amount;

    char[] letters;
    Character[] boxedLetters;
    byte[] bytes;
    Byte[] boxedBytes;
    URI uri;

    static List<Kind<?>> kinds() {
      return List.of(
          kind("String", "text", (e, it) -> e.text = it, "", "\"\"", TEXT, TEXT_JSON)
              .noChange("same text, another object", e -> e.text = String.valueOf(new char[0])),
          kind("Boolean", "truth", (e, it) -> e.truth = it, true, "true", false, "false"),
          kind("Byte", "tiny", (e, it) -> e.tiny = it, (byte) 1, "1", (byte) -1, "-1"),
          kind("Short", "small", (e, it) -> e.small = it, (short) 1, "1", (short) -1, "-1"),
          kind("Integer", "number", (e, it) -> e.number = it, 1, "1", -1, "-1"),
          kind("Long", "big", (e, it) -> e.big = it, 1L, "1", 1L << 60, "1152921504606846976"),
          kind("Float", "real", (e, it) -> e.real = it, 0.5f, "0.5", Float.NaN, "\"NaN\""),
          kind(
              "Double",
              "precise",
              (e, it) -> e.precise = it,
              1e21,
              "1" + "0".repeat(21),
              -0.5,
              "-0.5"),
          kind("Character", "sign", (e, it) -> e.sign = it, '"', "\"\\\"\"", '漢', "\"漢\""),
          kind(
              "BigInteger",
              "huge",
              (e, it) -> e.huge = it,
              HUGE,
              HUGE.toString(),
              BigInteger.ZERO,
              "0"),
          kind(
                  "BigDecimal",
                  "amount",
                  (e, it) -> e.amount = it,
                  new BigDecimal("1.5"),
                  "1.5000",
                  new BigDecimal("-1234567890123456.78905"),
                  "-1234567890123456.7891")
              .noChange("same value, another scale", e -> e.amount = new BigDecimal("1.50")),
          kind(
              "char[]",
              "letters",
              (e, it) -> e.letters = it,
              "ab".toCharArray(),
              "\"ab\"",
              "ö".toCharArray(),
              "\"ö\""),
          kind(
              "Character[]",
              "boxedLetters",
              (e, it) -> e.boxedLetters = it,
              new Character[] {'a', 'b'},
              "\"ab\"",
              new Character[] {'"'},
              "\"\\\"\""),
          kind(
              "byte[]",
              "bytes",
              (e, it) -> e.bytes = it,
              new byte[] {1, 2, 3},
              "\"AQID\"",
              new byte[0],
              "\"\""),
          kind(
              "Byte[]",
              "boxedBytes",
              (e, it) -> e.boxedBytes = it,
              new Byte[] {1, 2, 3},
              "\"AQID\"",
              new Byte[] {-1},
              "\"/w==\""),
          kind(
              "another Serializable",
              "uri",
              (e, it) -> e.uri = it,
              URI.create("urn:a"),
              SERIAL_A,
              URI.create("urn:b"),
              SERIAL_B));
    }

    private static <T> Kind<Wrappers> kind(
        String name,
        String attribute,
        BiConsumer<Wrappers, T> set,
        T one,
        String json,
        T two,
        String other) {
      return Kind.of(
              name,
              Wrappers.class,
              (em, n) -> {
                Wrappers made = new Wrappers();
                made.id = n;
                set.accept(made, one);
                return made;
              },
              "{\"%s\":%s}".formatted(attribute, json))
          .change(
              "another value", e -> set.accept(e, two), "{\"%s\":%s}".formatted(attribute, other))
          .noChange("same value again", e -> set.accept(e, one))
          .change("to null", e -> set.accept(e, null), "{\"%s\":null}".formatted(attribute));
    }
  }

  @Entity(name = "UuidValue")
  @Audited
  static class UuidValue {
    @Id Integer id;
    UUID code;

    static Kind<UuidValue> kind() {
      return Kind.of(
              "UUID",
              UuidValue.class,
              (em, n) -> {
                UuidValue made = new UuidValue();
                made.id = n;
                made.code = new UUID(0, 1);
                return made;
              },
              "{\"code\":\"00000000-0000-0000-0000-000000000001\"}")
          .change(
              "another value",
              e -> e.code = new UUID(-1, -1),
              "{\"code\":\"ffffffff-ffff-ffff-ffff-ffffffffffff\"}")
          .noChange("same value again", e -> e.code = new UUID(0, 1))
          .change("to null", e -> e.code = null, "{\"code\":null}")
          .limit(
              JpaProvider.ECLIPSELINK,
              "a null UUID is bound as a text, which PostgreSQL refuses for a uuid column (EclipseLink issue 2717, open)");
    }
  }

  private static final BigInteger HUGE = new BigInteger("12345678901234567890");
  private static final String TEXT = "'; drop\n\"ü\"\\ 😀\t";
  private static final String TEXT_JSON = "\"'; drop\\n\\\"ü\\\"\\\\ 😀\\t\"";
  private static final String SERIAL_A =
      "\"rO0ABXNyAAxqYXZhLm5ldC5VUkmsAXguQ55JqwMAAUwABnN0cmluZ3QAEkxqYXZhL2xhbmcvU3RyaW5nO3hwdAAFdXJuOmF4\"";
  private static final String SERIAL_B =
      "\"rO0ABXNyAAxqYXZhLm5ldC5VUkmsAXguQ55JqwMAAUwABnN0cmluZ3QAEkxqYXZhL2xhbmcvU3RyaW5nO3hwdAAFdXJuOmJ4\"";

  @Override
  public String title() {
    return "Basic types";
  }

  @Override
  public Map<String, String> properties() {
    return Map.of("hibernate.type.wrapper_array_handling", "legacy");
  }

  @Override
  public List<Kind<?>> kinds() {
    return Kinds.list(Primitives.kind(), Wrappers.kinds(), UuidValue.kind());
  }
}
