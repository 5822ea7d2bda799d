package io.github.palimpsest.state;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.Base64;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The stored form of every basic type of Jakarta Persistence 3.1 §2.6: decimals keep their scale,
 * instants are ISO-8601 in UTC, enums names, binary base64. Times have six digits of a second,
 * rounded as the PostgreSQL driver rounds what it writes.
 */
@SuppressWarnings("JavaUtilDate") // entities may have such attributes; here is where they end
public final class BasicCodecs {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 6, 6, true)
          .toFormatter();
  private static final DateTimeFormatter DATE_TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .append(TIME)
          .toFormatter();

  private static final DateTimeFormatter TIME_AND_MAYBE_OFFSET =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .toFormatter();
  private static final DateTimeFormatter EXACT_LOCAL =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 6, 9, true)
          .toFormatter();
  private static final DateTimeFormatter EXACT =
      new DateTimeFormatterBuilder()
          .append(EXACT_LOCAL)
          .appendLiteral('Z')
          .toFormatter()
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter EXACT_ZONED =
      new DateTimeFormatterBuilder()
          .append(EXACT_LOCAL)
          .appendOffsetId()
          .optionalStart()
          .appendLiteral('[')
          .appendZoneRegionId()
          .appendLiteral(']')
          .toFormatter();

  private static final Map<Class<?>, BasicCodec> BY_TYPE = new HashMap<>();

  static {
    quoted(String.class, Function.identity(), Function.identity());
    quoted(Character.class, String::valueOf, text -> text.charAt(0));
    quoted(char[].class, String::new, String::toCharArray);
    quoted(Character[].class, BasicCodecs::text, BasicCodecs::characters);
    quoted(byte[].class, BasicCodecs::base64, Base64.getDecoder()::decode);
    quoted(Byte[].class, value -> base64(unboxed(value)), BasicCodecs::boxedBytes);
    quoted(UUID.class, UUID::toString, UUID::fromString);
    raw(Boolean.class, String::valueOf, Boolean::valueOf);
    raw(Byte.class, String::valueOf, Byte::valueOf);
    raw(Short.class, String::valueOf, Short::valueOf);
    raw(Integer.class, String::valueOf, Integer::valueOf);
    raw(Long.class, String::valueOf, Long::valueOf);
    raw(Float.class, String::valueOf, Float::valueOf);
    raw(Double.class, String::valueOf, Double::valueOf);
    raw(BigInteger.class, String::valueOf, text -> new BigDecimal(text).toBigIntegerExact());
    raw(BigDecimal.class, BigDecimal::toPlainString, BigDecimal::new);
    raw(Year.class, Year::toString, text -> Year.of(Integer.parseInt(text)));
    quoted(Duration.class, Duration::toString, Duration::parse);
    quoted(LocalDate.class, LocalDate::toString, LocalDate::parse);
    quoted(LocalTime.class, value -> TIME.format(micros(value)), LocalTime::parse);
    quoted(LocalDateTime.class, BasicCodecs::dateTime, LocalDateTime::parse);
    quoted(Instant.class, BasicCodecs::instant, Instant::parse);
    quoted(
        OffsetDateTime.class,
        value -> instant(value.toInstant()),
        text -> Instant.parse(text).atOffset(ZoneOffset.UTC));
    quoted(
        ZonedDateTime.class,
        value -> instant(value.toInstant()),
        text -> Instant.parse(text).atZone(ZoneOffset.UTC));
    quoted(
        OffsetTime.class,
        value -> TIME.format(micros(value).toLocalTime()) + value.getOffset(),
        OffsetTime::parse);
    quoted(
        java.sql.Date.class,
        value -> value.toLocalDate().toString(),
        text -> java.sql.Date.valueOf(LocalDate.parse(text)));
    quoted(
        java.sql.Time.class,
        value -> TIME.format(value.toLocalTime()),
        text -> java.sql.Time.valueOf(LocalTime.parse(text)));
    quoted(
        java.sql.Timestamp.class,
        value -> dateTime(value.toLocalDateTime()),
        text -> java.sql.Timestamp.valueOf(LocalDateTime.parse(text)));
    quoted(
        Date.class,
        value -> instant(Instant.ofEpochMilli(value.getTime())),
        text -> Date.from(Instant.parse(text)));
    quoted(
        Calendar.class,
        value -> instant(value.toInstant()),
        text -> GregorianCalendar.from(Instant.parse(text).atZone(ZoneOffset.UTC)));
    Map.of(
            boolean.class, Boolean.class,
            byte.class, Byte.class,
            short.class, Short.class,
            int.class, Integer.class,
            long.class, Long.class,
            float.class, Float.class,
            double.class, Double.class,
            char.class, Character.class)
        .forEach((primitive, wrapper) -> BY_TYPE.put(primitive, codec(wrapper)));
  }

  private BasicCodecs() {}

  /** Returns the codec of a basic type, or empty if the type is none. */
  public static Optional<ValueCodec> of(Class<?> type) {
    if (type.isEnum()) {
      return Optional.of(ofEnum(type));
    }
    if (Calendar.class.isAssignableFrom(type)) {
      return Optional.of(codec(Calendar.class));
    }
    return Optional.ofNullable(BY_TYPE.get(type));
  }

  /** Returns the codec of a decimal whose column keeps so many digits and rounds half up. */
  public static ValueCodec decimal(int scale) {
    return new BasicCodec(
        value -> ((BigDecimal) value).setScale(scale, RoundingMode.HALF_UP).toPlainString(),
        false,
        BigDecimal::new);
  }

  /** Returns the codec of a java.util.Date or Calendar whose column holds only part of it. */
  public static Optional<ValueCodec> of(Class<?> type, Class<?> columnType) {
    boolean isCalendar = Calendar.class.isAssignableFrom(type);
    boolean isPart = columnType == java.sql.Date.class || columnType == java.sql.Time.class;
    if (!isPart || (type != Date.class && !isCalendar)) {
      return of(type);
    }
    UnaryOperator<Object> whole = isCalendar ? BasicCodecs::calendar : value -> value;
    Function<Object, Long> millis =
        value ->
            value instanceof Calendar calendar
                ? calendar.getTimeInMillis()
                : ((Date) value).getTime();
    return Optional.of(
        columnType == java.sql.Date.class
            ? new BasicCodec(
                value -> new java.sql.Date(millis.apply(value)).toLocalDate().toString(),
                true,
                text ->
                    whole.apply(new Date(java.sql.Date.valueOf(LocalDate.parse(text)).getTime())))
            : new BasicCodec(
                value -> TIME.format(new java.sql.Time(millis.apply(value)).toLocalTime()),
                true,
                text ->
                    whole.apply(new Date(java.sql.Time.valueOf(LocalTime.parse(text)).getTime()))));
  }

  /**
   * Returns the codec of a value that the provider keeps as its Java serialization; empty where
   * there is nothing to write but those bytes. Such a column loses neither nanoseconds nor zones.
   */
  public static Optional<ValueCodec> ofSerialized(Class<?> type) {
    if (type == Instant.class) {
      return Optional.of(
          new BasicCodec(value -> EXACT.format((Instant) value), true, Instant::parse));
    }
    if (type == ZonedDateTime.class) {
      return Optional.of(
          new BasicCodec(
              value -> EXACT_ZONED.format((ZonedDateTime) value), true, ZonedDateTime::parse));
    }
    return of(type);
  }

  /**
   * Returns the codec of an OffsetTime whose column holds no offset: the provider gives it the one
   * that the JVM has when it reads.
   */
  public static ValueCodec offsetTimeWithoutOffset() {
    return new BasicCodec(
        value -> TIME.format(micros(((OffsetTime) value).toLocalTime())),
        true,
        text ->
            LocalTime.from(TIME_AND_MAYBE_OFFSET.parse(text))
                .atOffset(OffsetDateTime.now(ZoneId.systemDefault()).getOffset()));
  }

  /** Returns the codec of an OffsetTime that is stored in UTC. */
  public static ValueCodec offsetTimeInUtc() {
    BasicCodec any = codec(OffsetTime.class);
    return new BasicCodec(
        value -> any.plain().apply(((OffsetTime) value).withOffsetSameInstant(ZoneOffset.UTC)),
        true,
        any.parse());
  }

  private static Object calendar(Object date) {
    Calendar calendar = Calendar.getInstance();
    calendar.setTime((Date) date);
    return calendar;
  }

  private static ValueCodec ofEnum(Class<?> type) {
    return new BasicCodec(value -> ((Enum<?>) value).name(), true, text -> constant(type, text));
  }

  private static Object constant(Class<?> type, String name) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("no such constant in " + type.getName());
  }

  private static BasicCodec codec(Class<?> type) {
    BasicCodec codec = BY_TYPE.get(type);
    if (codec == null) {
      throw new IllegalStateException("no codec for " + type);
    }
    return codec;
  }

  private static <T> void quoted(
      Class<T> type, Function<T, String> plain, Function<String, ? extends T> parse) {
    BY_TYPE.put(type, new BasicCodec(value -> plain.apply(type.cast(value)), true, parse::apply));
  }

  private static <T> void raw(
      Class<T> type, Function<T, String> plain, Function<String, ? extends T> parse) {
    BY_TYPE.put(type, new BasicCodec(value -> plain.apply(type.cast(value)), false, parse::apply));
  }

  private static String instant(Instant value) {
    return DATE_TIME.format(micros(value).atOffset(ZoneOffset.UTC)) + "Z";
  }

  private static String dateTime(LocalDateTime value) {
    return DATE_TIME.format(micros(value));
  }

  /** Half a microsecond rounds up, as in the driver's TimestampUtils. */
  @SuppressWarnings("unchecked") // plus and with return the type they are called on
  private static <T extends Temporal> T micros(T value) {
    T rounded = (T) value.plus(500, ChronoUnit.NANOS);
    return (T)
        rounded.with(
            ChronoField.NANO_OF_SECOND, rounded.get(ChronoField.NANO_OF_SECOND) / 1000 * 1000L);
  }

  private static String base64(byte[] value) {
    return Base64.getEncoder().encodeToString(value);
  }

  private static byte[] unboxed(Byte[] value) {
    byte[] bytes = new byte[value.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = value[i];
    }
    return bytes;
  }

  private static Byte[] boxedBytes(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    Byte[] boxed = new Byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      boxed[i] = bytes[i];
    }
    return boxed;
  }

  private static String text(Character[] value) {
    StringBuilder text = new StringBuilder();
    for (Character c : value) {
      text.append(c.charValue());
    }
    return text.toString();
  }

  private static Character[] characters(String text) {
    return text.chars().mapToObj(c -> (char) c).toArray(Character[]::new);
  }
}
