package io.github.palimpsest.state.hibernate;

import io.github.palimpsest.state.BasicCodecs;
import io.github.palimpsest.state.ColumnText;
import io.github.palimpsest.state.StateSql;
import io.github.palimpsest.state.ValueSql;
import java.time.OffsetTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.UUID;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.type.BasicPluralType;
import org.hibernate.type.BasicType;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.converter.spi.BasicValueConverter;
import org.hibernate.type.descriptor.java.SerializableJavaType;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.jspecify.annotations.Nullable;

/**
 * What a column holds of a basic value, by the types that Hibernate has for it.
 *
 * @param zone in which Hibernate writes what has no time zone; null for that of the JVM
 */
record ColumnTexts(@Nullable TimeZone zone) {
  /** Returns whether the column holds the number of a large object, which lies elsewhere. */
  static boolean isLargeObject(JdbcMapping mapping) {
    return mapping.getJdbcType().isLob();
  }

  /**
   * Returns the expression; empty if there is none for such a column.
   *
   * @param declared type of the attribute
   * @param column in the words of SQL
   */
  Optional<ColumnText> of(JdbcMapping mapping, Class<?> declared, String column) {
    JdbcType jdbcType = mapping.getJdbcType();
    BasicValueConverter<?, ?> converter = mapping.getValueConverter();
    Class<?> type =
        converter == null
            ? mapping.getMappedJavaType().getJavaTypeClass()
            : converter.getRelationalJavaType().getJavaTypeClass();
    if (jdbcType.isArray() || (type == UUID.class && jdbcType.isBinary())) {
      return Optional.empty();
    }
    String value = value(jdbcType, column);
    if (converter != null) {
      return of(type, null, jdbcType, value);
    }
    if (type == OffsetTime.class) {
      return MappingCodecs.isInUtc(mapping)
          ? Optional.of(ColumnText.ofOffsetTimeInUtc(value))
          : Optional.empty();
    }
    return of(declared, MappingCodecs.columnType(mapping), jdbcType, value)
        .or(() -> of(type, null, jdbcType, value))
        .or(
            () ->
                MappingCodecs.isText(mapping)
                    ? ColumnText.of(String.class, value)
                    : serialized(mapping, type, value));
  }

  /** Returns whether the column is an array of SQL. */
  static boolean isArray(JdbcMapping mapping) {
    return mapping instanceof BasicPluralType<?, ?> && mapping.getJdbcType().isArray();
  }

  /**
   * Returns the expression of a column that is an array of SQL; empty if there is none for such
   * elements.
   *
   * @param alias a fresh one
   */
  Optional<ValueSql> ofArray(JdbcMapping mapping, String column, String alias) {
    Class<?> type = mapping.getMappedJavaType().getJavaTypeClass();
    if (!(mapping instanceof BasicPluralType<?, ?> plural)
        || mapping.getJdbcType().getDdlTypeCode() != SqlTypes.ARRAY
        || mapping.getValueConverter() != null
        || BasicCodecs.of(type).isPresent()) {
      return Optional.empty();
    }
    BasicType<?> element = plural.getElementType();
    String order = MappingCodecs.isOrderedArray(type) ? alias + ".place" : null;
    String from = " from unnest(%s) with ordinality %s (element, place)".formatted(column, alias);
    return of(element, element.getJavaType(), alias + ".element")
        .flatMap(text -> ValueSql.of(text).array(order, from))
        .map(array -> array.nullWith(column));
  }

  private static Optional<ColumnText> of(
      Class<?> type, @Nullable Class<?> columnType, JdbcType jdbcType, String value) {
    return type.isEnum()
        ? Optional.of(ColumnText.ofEnum(names(type, jdbcType), value))
        : ColumnText.of(type, columnType, value);
  }

  private static Optional<ColumnText> serialized(JdbcMapping mapping, Class<?> type, String value) {
    boolean isBytes = mapping.getJdbcType().isBinary() || mapping.getJdbcType().isLob();
    return isBytes && mapping.getMappedJavaType() instanceof SerializableJavaType<?>
        ? ColumnText.ofSerialized(type, value)
        : Optional.empty();
  }

  private static Map<String, String> names(Class<?> type, JdbcType jdbcType) {
    Map<String, String> names = new LinkedHashMap<>();
    if (jdbcType.isInteger()) {
      Object[] constants = type.getEnumConstants();
      for (int i = 0; i < constants.length; i++) {
        names.put(String.valueOf(i), ((Enum<?>) constants[i]).name());
      }
    }
    return names;
  }

  private String value(JdbcType jdbcType, String column) {
    return switch (jdbcType.getDefaultSqlTypeCode()) {
      case SqlTypes.BLOB -> "lo_get(%s::oid)".formatted(column);
      case SqlTypes.CLOB, SqlTypes.NCLOB ->
          "convert_from(lo_get(%s::oid), 'UTF8')".formatted(column);
      case SqlTypes.TIMESTAMP ->
          zone == null
              ? column
              : "(%s at time zone %s)".formatted(column, StateSql.literal(zone.getID()));
      case SqlTypes.TIME ->
          zone == null
              ? column
              : "((date '1970-01-01' + %s::time) at time zone %s)::time"
                  .formatted(column, StateSql.literal(zone.getID()));
      case SqlTypes.INTERVAL_SECOND -> "(extract(epoch from %s) * 1000000000)".formatted(column);
      default -> column;
    };
  }
}
