package io.github.palimpsest.state;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An embeddable: an object of its attributes, by name.
 *
 * @param attributes in the order of their names
 * @param instance makes an empty one
 * @param isNullWhenEmpty whether one without any value is stored like none, and so written as null
 */
public record EmbeddableCodec(
    List<Attribute> attributes, Supplier<Object> instance, boolean isNullWhenEmpty)
    implements ValueCodec {
  public EmbeddableCodec {
    attributes = List.copyOf(attributes);
  }

  @Override
  public void write(@Nullable Object value, StringBuilder json) {
    if (value == null) {
      json.append("null");
      return;
    }
    int start = json.length();
    boolean isEmpty = true;
    char separator = '{';
    for (Attribute attribute : attributes) {
      json.append(separator);
      JsonText.quote(attribute.name(), json);
      json.append(':');
      int valueStart = json.length();
      attribute.codec().write(attribute.accessor().get(value), json);
      isEmpty = isEmpty && json.substring(valueStart).equals("null");
      separator = ',';
    }
    json.append('}');
    if (isEmpty && isNullWhenEmpty) {
      json.setLength(start);
      json.append("null");
    }
  }

  @Override
  public @Nullable Object read(JsonValue json, References references) {
    if (!(json instanceof JsonObject object)) {
      return null;
    }
    Object embeddable = instance.get();
    for (Attribute attribute : attributes) {
      attribute.set(embeddable, object.getOrDefault(attribute.name(), JsonValue.NULL), references);
    }
    return embeddable;
  }
}
