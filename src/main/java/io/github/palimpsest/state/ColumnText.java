package io.github.palimpsest.state;

import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the codec of a basic type writes, as an SQL expression of the column.
 *
 * @param plain as the object id of a single key holds it
 * @param json as a state holds it
 * @param isSortable whether both sides write the same characters, not only the same value
 * @param isNumber whether it is a JSON number, which collections sort by value
 */
public record ColumnText(String plain, String json, boolean isSortable, boolean isNumber) {
  private static final String TIME = "HH24:MI:SS.US";
  private static final String DATE_TIME = "YYYY-MM-DD\"T\"" + TIME;

  private static final Set<Class<?>> TEXTS = Set.of(String.class, char[].class, Character[].class);
  private static final Set<Class<?>> WHOLE =
      Set.of(Byte.class, Short.class, Integer.class, Long.class, BigInteger.class);
  private static final Set<Class<?>> BYTES = Set.of(byte[].class, Byte[].class);
  private static final Set<Class<?>> INSTANTS =
      Set.of(Instant.class, OffsetDateTime.class, ZonedDateTime.class, Calendar.class, Date.class);
  private static final Set<Class<?>> DATES = Set.of(LocalDate.class, java.sql.Date.class);
  private static final Set<Class<?>> TIMES =
      Set.of(LocalTime.class, OffsetTime.class, java.sql.Time.class);
  private static final Set<Class<?>> DATE_TIMES =
      Set.of(LocalDateTime.class, java.sql.Timestamp.class);

  /**
   * Returns the expression of a column that holds values of a basic type as the provider's driver
   * stores them, a Duration as a number of nanoseconds; empty if there is none.
   *
   * @param declared of the attribute
   * @param column in the words of SQL
   */
  public static Optional<ColumnText> of(Class<?> declared, String column) {
    Class<?> type = MethodType.methodType(declared).wrap().returnType();
    if (TEXTS.contains(type)) {
      return Optional.of(text(column + "::text"));
    }
    if (type == Character.class) {
      return Optional.of(text("rpad(%s::text, 1)".formatted(column)));
    }
    if (type == UUID.class) {
      return Optional.of(quoted(column + "::text"));
    }
    if (BYTES.contains(type)) {
      return Optional.of(base64(column));
    }
    return number(type, column).or(() -> temporal(type, column));
  }

  /**
   * The same for a java.util.Date or Calendar whose column may hold only part of it.
   *
   * @param columnType as the provider knows it, or null
   */
  public static Optional<ColumnText> of(
      Class<?> type, @Nullable Class<?> columnType, String column) {
    boolean isPart = columnType == java.sql.Date.class || columnType == java.sql.Time.class;
    boolean isWhole = type != Date.class && !Calendar.class.isAssignableFrom(type);
    return of(isWhole || !isPart || columnType == null ? type : columnType, column);
  }

  /**
   * Returns the expression of a column that holds constants of an enum in another form than their
   * names. What stands for none stays visible.
   *
   * @param names stored form, as text, to name; empty if they are the same
   */
  public static ColumnText ofEnum(Map<String, String> names, String column) {
    if (names.isEmpty()) {
      return text(column + "::text");
    }
    StringBuilder sql = new StringBuilder("case %s::text".formatted(column));
    names.forEach(
        (stored, name) ->
            sql.append(" when ")
                .append(StateSql.literal(stored))
                .append(" then ")
                .append(StateSql.literal(name)));
    return text(sql.append(" else %s::text end".formatted(column)).toString());
  }

  /** Returns the expression of a column that holds decimals of one scale. */
  public static ColumnText ofDecimal(int scale, String column) {
    return raw("round(%s, %d)::text".formatted(column, scale), true);
  }

  /**
   * Returns the expression of a column that holds an OffsetTime in UTC. One without offset is read
   * as it is.
   */
  public static ColumnText ofOffsetTimeInUtc(String column) {
    String time =
        "case when pg_typeof(%1$s) = 'timetz'::regtype then (%1$s::timetz at time zone 'UTC')::time else %1$s::time end"
            .formatted(column);
    return formatted("(%s)".formatted(time), TIME + "\"Z\"");
  }

  /**
   * Returns the expression of a column that holds the Java serialization of values; empty for a
   * basic type whose codec writes something else, which is beyond SQL.
   */
  public static Optional<ColumnText> ofSerialized(Class<?> type, String column) {
    if (type == Instant.class) {
      return Optional.of(quoted("palimpsest.serialized_instant(%s)".formatted(column)));
    }
    if (type == Year.class) {
      return Optional.of(raw("palimpsest.serialized_year(%s)::text".formatted(column), true));
    }
    if (type == Duration.class) {
      return Optional.of(quoted("palimpsest.serialized_duration(%s)".formatted(column)));
    }
    if (type == ZonedDateTime.class) {
      return Optional.of(quoted("palimpsest.serialized_zoned_date_time(%s)".formatted(column)));
    }
    return BasicCodecs.of(type).isPresent() ? Optional.empty() : Optional.of(base64(column));
  }

  private static Optional<ColumnText> number(Class<?> type, String column) {
    if (type == Boolean.class) {
      return Optional.of(raw(column + "::text::boolean::text", true));
    }
    if (WHOLE.contains(type)) {
      return Optional.of(raw(column + "::text", true));
    }
    if (type == Year.class) {
      return Optional.of(raw(column + "::text::integer::text", true));
    }
    if (type == BigDecimal.class) {
      return Optional.of(raw(column + "::text", false));
    }
    // to_json quotes what is not finite
    return Optional.ofNullable(
            Map.<Class<?>, String>of(Float.class, "real", Double.class, "float8").get(type))
        .map(name -> raw("to_json(%s::%s)::text".formatted(column, name), false));
  }

  private static Optional<ColumnText> temporal(Class<?> type, String column) {
    if (type == Duration.class) {
      return Optional.of(quoted("palimpsest.duration(%s::numeric)".formatted(column)));
    }
    if (DATES.contains(type)) {
      return Optional.of(quoted("(to_json(%s::date)#>>'{}')".formatted(column)));
    }
    if (TIMES.contains(type)) {
      return Optional.of(formatted(column + "::time", TIME));
    }
    if (DATE_TIMES.contains(type)) {
      return Optional.of(formatted(column + "::timestamp", DATE_TIME));
    }
    return INSTANTS.contains(type) || Calendar.class.isAssignableFrom(type)
        ? Optional.of(
            formatted(
                "(%s::timestamptz at time zone 'UTC')".formatted(column), DATE_TIME + "\"Z\""))
        : Optional.empty();
  }

  private static ColumnText base64(String column) {
    return quoted("translate(encode(%s, 'base64'), E'\\n', '')".formatted(column));
  }

  private static ColumnText formatted(String value, String format) {
    return quoted("to_char(%s, '%s')".formatted(value, format));
  }

  private static ColumnText text(String plain) {
    return new ColumnText(plain, "palimpsest.json_string(%s)".formatted(plain), true, false);
  }

  private static ColumnText quoted(String plain) {
    return new ColumnText(plain, "('\"' || %s || '\"')".formatted(plain), true, false);
  }

  private static ColumnText raw(String plain, boolean isSortable) {
    return new ColumnText(plain, plain, isSortable, true);
  }
}
