package io.github.palimpsest.state.eclipselink;

import io.github.palimpsest.state.BasicCodecs;
import io.github.palimpsest.state.StateSql;
import java.math.BigDecimal;
import java.math.BigInteger;
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
import org.eclipse.persistence.mappings.converters.Converter;
import org.eclipse.persistence.mappings.converters.ConverterClass;
import org.eclipse.persistence.mappings.converters.ObjectTypeConverter;
import org.eclipse.persistence.mappings.converters.SerializedObjectConverter;
import org.jspecify.annotations.Nullable;

/**
 * What the codec of a basic type writes, as an SQL expression of the column.
 *
 * @param plain as the object id of a single key holds it
 * @param json as a state holds it
 * @param isSortable whether both sides write the same characters, not only the same value
 * @param isNumber whether it is a JSON number, which collections sort by value
 */
record ColumnText(String plain, String json, boolean isSortable, boolean isNumber) {
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
   * Returns the expression; empty if there is none for such a column.
   *
   * @param type of the attribute
   * @param columnType as the provider knows it, or null
   * @param column in the words of SQL
   */
  static Optional<ColumnText> of(
      Class<?> type, @Nullable Converter converter, @Nullable Class<?> columnType, String column) {
    if (converter instanceof ConverterClass<?, ?, ?>) {
      return of(columnType == null ? String.class : columnType, column);
    }
    if (converter instanceof SerializedObjectConverter) {
      return ofSerialized(type, column);
    }
    if (type.isEnum()) {
      return Optional.of(text(enumName(converter, column)));
    }
    boolean isPart = columnType == java.sql.Date.class || columnType == java.sql.Time.class;
    boolean isWhole = type != Date.class && !Calendar.class.isAssignableFrom(type);
    return of(isWhole || !isPart || columnType == null ? type : columnType, column);
  }

  /** A basic type whose codec writes something else than the serialization is beyond SQL. */
  private static Optional<ColumnText> ofSerialized(Class<?> type, String column) {
    if (type == Instant.class) {
      return Optional.of(quoted("palimpsest.serialized_instant(%s)".formatted(column)));
    }
    if (type == Year.class) {
      return Optional.of(raw("palimpsest.serialized_year(%s)::text".formatted(column), true));
    }
    return BasicCodecs.of(type).isPresent() ? Optional.empty() : Optional.of(base64(column));
  }

  private static Optional<ColumnText> of(Class<?> declared, String column) {
    Class<?> type = Primitives.boxed(declared);
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

  /** EclipseLink knows the constants by name. A number that stands for none stays visible. */
  private static String enumName(@Nullable Converter converter, String column) {
    if (!(converter instanceof ObjectTypeConverter conversion)
        || conversion.getFieldToAttributeValues().isEmpty()) {
      return column + "::text";
    }
    StringBuilder sql = new StringBuilder("case %s::text".formatted(column));
    for (Object entry : conversion.getFieldToAttributeValues().entrySet()) {
      Map.Entry<?, ?> each = (Map.Entry<?, ?>) entry;
      sql.append(" when ")
          .append(StateSql.literal(String.valueOf(each.getKey())))
          .append(" then ")
          .append(StateSql.literal(name(each.getValue())));
    }
    return sql.append(" else %s::text end".formatted(column)).toString();
  }

  private static String name(Object constant) {
    return constant instanceof Enum<?> known ? known.name() : constant.toString();
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
