package io.github.palimpsest.state.eclipselink;

import io.github.palimpsest.state.ColumnText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.persistence.mappings.converters.Converter;
import org.eclipse.persistence.mappings.converters.ConverterClass;
import org.eclipse.persistence.mappings.converters.ObjectTypeConverter;
import org.eclipse.persistence.mappings.converters.SerializedObjectConverter;
import org.jspecify.annotations.Nullable;

/** What a column holds of a basic value, by the converter that EclipseLink has for it. */
final class ConvertedColumn {
  private ConvertedColumn() {}

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
      return ColumnText.of(columnType == null ? String.class : columnType, column);
    }
    if (converter instanceof SerializedObjectConverter) {
      return ColumnText.ofSerialized(type, column);
    }
    return type.isEnum()
        ? Optional.of(ColumnText.ofEnum(names(converter), column))
        : ColumnText.of(type, columnType, column);
  }

  /** EclipseLink knows the constants by name. */
  private static Map<String, String> names(@Nullable Converter converter) {
    Map<String, String> names = new LinkedHashMap<>();
    if (converter instanceof ObjectTypeConverter conversion) {
      for (Object entry : conversion.getFieldToAttributeValues().entrySet()) {
        Map.Entry<?, ?> each = (Map.Entry<?, ?>) entry;
        names.put(String.valueOf(each.getKey()), name(each.getValue()));
      }
    }
    return names;
  }

  private static String name(Object constant) {
    return constant instanceof Enum<?> known ? known.name() : constant.toString();
  }
}
