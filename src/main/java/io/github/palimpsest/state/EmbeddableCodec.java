package io.github.palimpsest.state;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An embeddable: an object of its attributes, by name.
 *
 * @param attributes in the order of their names
 * @param maker makes one of the values of these attributes, in their order
 * @param isNullWhenEmpty whether one without any value is stored like none, and so written as null
 * @param isClearedWhole whether an update to null clears the columns that no other update writes
 */
public record EmbeddableCodec(
    List<Attribute> attributes,
    Function<List<@Nullable Object>, Object> maker,
    boolean isNullWhenEmpty,
    boolean isClearedWhole)
    implements ValueCodec {
  public EmbeddableCodec {
    attributes = List.copyOf(attributes);
  }

  /** Creates the codec of one of which an update to null leaves what no other update writes. */
  public EmbeddableCodec(
      List<Attribute> attributes,
      Function<List<@Nullable Object>, Object> maker,
      boolean isNullWhenEmpty) {
    this(attributes, maker, isNullWhenEmpty, false);
  }

  /** Returns the codec of the same, of which an update to null clears all columns. */
  public EmbeddableCodec clearedWhole() {
    return new EmbeddableCodec(attributes, maker, isNullWhenEmpty, true);
  }

  /** Returns the codec of one that is made empty and then filled. */
  public static EmbeddableCodec of(
      List<Attribute> attributes, Supplier<Object> instance, boolean isNullWhenEmpty) {
    return of(attributes, values -> instance.get(), isNullWhenEmpty);
  }

  /** As {@link #of(List, Supplier, boolean)}, where the values tell of which class it is. */
  public static EmbeddableCodec of(
      List<Attribute> attributes,
      Function<List<@Nullable Object>, Object> instance,
      boolean isNullWhenEmpty) {
    return new EmbeddableCodec(
        attributes, values -> filled(instance.apply(values), attributes, values), isNullWhenEmpty);
  }

  private static Object filled(
      Object embeddable, List<Attribute> attributes, List<@Nullable Object> values) {
    for (int i = 0; i < values.size(); i++) {
      if (!(attributes.get(i).codec() instanceof MaskedCodec)) {
        attributes.get(i).accessor().set(embeddable, values.get(i));
      }
    }
    return embeddable;
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
    List<@Nullable Object> values = new ArrayList<>();
    for (Attribute attribute : attributes) {
      JsonValue value = object.getOrDefault(attribute.name(), JsonValue.NULL);
      boolean isMasked = attribute.codec() instanceof MaskedCodec;
      values.add(isMasked ? null : attribute.codec().read(value, references));
    }
    return maker.apply(values);
  }
}
