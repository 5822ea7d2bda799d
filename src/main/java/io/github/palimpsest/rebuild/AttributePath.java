package io.github.palimpsest.rebuild;

import io.github.palimpsest.event.Comparison;
import io.github.palimpsest.event.Comparison.Operator;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.JsonText;
import io.github.palimpsest.state.Operands;
import io.github.palimpsest.state.ReferenceCodec;
import io.github.palimpsest.state.ReferencedKeys;
import io.github.palimpsest.state.ValueCodec;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Leads from a state to a value: through embeddables, and through references to what they refer to
 * as of the same instant.
 *
 * @param names as they were given, the first of an attribute
 * @param hops the references on the way, in their order
 * @param rest where the value is in the last state
 * @param codec how the value is written; null if no class says so
 */
public record AttributePath(
    List<String> names, List<Hop> hops, List<String> rest, @Nullable ValueCodec codec) {
  /** No attribute has this name. */
  private static final String KEY = "(key)";

  /**
   * A reference on the way.
   *
   * @param way where it is in the state
   * @param reference how it is written
   */
  public record Hop(List<String> way, ReferenceCodec reference) {
    public Hop {
      way = List.copyOf(way);
    }

    /** Returns what the reference leads to; empty if to nothing, or to what is not audited. */
    Optional<StreamId> target(JsonValue value, EntityModels models) {
      return Optional.ofNullable(
          (StreamId) reference.read(value, (type, key) -> models.stream(type, key).orElse(null)));
    }
  }

  public AttributePath {
    names = List.copyOf(names);
    hops = List.copyOf(hops);
    rest = List.copyOf(rest);
  }

  /** Returns the path within states of a type that has no class. */
  public static AttributePath unchecked(String text) {
    List<String> names = List.of(text.split("\\.", -1));
    return new AttributePath(names, List.of(), names, null);
  }

  /** Returns it with dots. */
  public String text() {
    return String.join(".", names);
  }

  /**
   * Returns the comparison of its value with others, which are values of Java.
   *
   * @throws IllegalArgumentException if it cannot have such values
   */
  public Comparison compared(Operator operator, List<?> values) {
    boolean isText = operator == Operator.LIKE || operator == Operator.STARTS_WITH;
    List<JsonValue> operands = new ArrayList<>();
    for (Object value : values) {
      operands.add(isText ? JsonText.string(value.toString()) : operand(value));
    }
    return new Comparison(names(values), operator, operands, areInstants());
  }

  /** Returns the comparison of its value with others as they are stored. */
  public Comparison comparison(Operator operator, List<JsonValue> stored) {
    return new Comparison(names, operator, stored, areInstants());
  }

  /**
   * Returns the comparison of the key within a reference that holds its type beside it with others;
   * empty if it is no such reference.
   */
  public Optional<Comparison> keyComparison(List<JsonValue> keys) {
    return key().map(key -> key.comparison(Operator.IN, keys));
  }

  /** Returns whether its values hold references. */
  public boolean refers() {
    return codec != null && ReferencedKeys.areIn(codec);
  }

  /** Returns whether it is a reference to at most one object. */
  public boolean isReference() {
    return codec instanceof ReferenceCodec;
  }

  /**
   * Returns the path to the key within a reference that holds the type beside it; empty if it is
   * none.
   */
  Optional<AttributePath> key() {
    return codec instanceof ReferenceCodec reference && reference.isPolymorphic()
        ? Optional.of(new AttributePath(with(names, KEY), hops, with(rest, "id"), null))
        : Optional.empty();
  }

  /** Returns whether the values are instants. */
  public boolean areInstants() {
    return codec != null && Operands.areInstants(codec);
  }

  /** Returns whether the values are texts of any kind. */
  public boolean areTexts() {
    return codec != null && Operands.areTexts(codec);
  }

  private List<String> names(List<?> values) {
    return codec instanceof ReferenceCodec reference
            && values.stream().anyMatch(each -> !reference.target().isInstance(each))
        ? key().map(AttributePath::names).orElse(names)
        : names;
  }

  private static List<String> with(List<String> names, String last) {
    return Stream.concat(names.stream(), Stream.of(last)).toList();
  }

  /**
   * Returns a value of Java as it is stored here.
   *
   * @throws IllegalArgumentException if it cannot be
   */
  public JsonValue operand(Object value) {
    if (codec == null) {
      return Operands.ofDomainEvent(value);
    }
    try {
      return Operands.of(codec, value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s cannot be compared: %s".formatted(text(), e.getMessage()), e);
    }
  }
}
