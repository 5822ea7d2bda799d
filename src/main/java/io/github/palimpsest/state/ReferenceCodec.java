package io.github.palimpsest.state;

import io.github.palimpsest.Audited;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A reference to an entity: its id, or {@code {"type", "id"}} when the relation is polymorphic.
 *
 * @param target the class the relation is declared with
 * @param isPolymorphic whether the target has subclasses
 * @param types the entity class of an entity, which may be a proxy
 * @param identifiers the identifier of an entity class
 * @param names the entity name of a class
 * @param classes the class of an entity name; old states may hold a former one
 */
public record ReferenceCodec(
    Class<?> target,
    boolean isPolymorphic,
    Function<Object, Class<?>> types,
    Function<Class<?>, Identifier> identifiers,
    Function<Class<?>, String> names,
    Function<String, Class<?>> classes)
    implements ValueCodec {
  /**
   * Returns the class that {@code name} stood for before its entity was renamed: an audited one
   * whose content type it is or was.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Class<?> renamed(Stream<Class<?>> entityClasses, String name) {
    return entityClasses
        .filter(type -> isOrWas(name, type.getDeclaredAnnotation(Audited.class)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no entity is named " + name));
  }

  private static boolean isOrWas(String name, @Nullable Audited audited) {
    return audited != null
        && (audited.contentType().equals(name) || List.of(audited.formerly()).contains(name));
  }

  @Override
  public void write(@Nullable Object entity, StringBuilder json) {
    if (entity == null) {
      json.append("null");
    } else if (isPolymorphic) {
      Class<?> type = types.apply(entity);
      json.append("{\"type\":");
      JsonText.quote(names.apply(type), json);
      json.append(",\"id\":");
      identifiers.apply(type).write(entity, json);
      json.append('}');
    } else {
      identifiers.apply(target).write(entity, json);
    }
  }

  @Override
  public @Nullable Object read(JsonValue json, References references) {
    if (json == JsonValue.NULL) {
      return null;
    }
    Class<?> type = target;
    JsonValue id = json;
    if (isPolymorphic
        && json instanceof JsonObject object
        && object.get("type") instanceof JsonString name) {
      type = classes.apply(name.getString());
      id = object.getOrDefault("id", JsonValue.NULL);
    }
    return references.resolve(type, identifiers.apply(type).primaryKey(id));
  }
}
