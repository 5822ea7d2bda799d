package io.github.palimpsest.state;

import jakarta.json.JsonValue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A value behind an AttributeConverter: what is stored is the column value, null included.
 *
 * @param toColumn attribute value to column value
 * @param toAttribute column value to attribute value
 * @param column codec of the column value
 */
public record ConvertedCodec(
    UnaryOperator<@Nullable Object> toColumn,
    UnaryOperator<@Nullable Object> toAttribute,
    ValueCodec column)
    implements ValueCodec {
  @Override
  public void write(@Nullable Object value, StringBuilder json) {
    column.write(toColumn.apply(value), json);
  }

  @Override
  public @Nullable Object read(JsonValue json, References references) {
    return toAttribute.apply(column.read(json, references));
  }
}
