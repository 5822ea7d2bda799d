package io.github.palimpsest.state;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The primary key of an entity class: as canonical text (object id), as JSON (in references), and
 * as {@code EntityManager.find} takes it.
 */
public final class Identifier {
  private final Class<?> entityClass;
  private final List<Attribute> attributes;
  private final Class<?> keyClass;
  private final boolean isGenerated;

  /**
   * Creates the identifier.
   *
   * @param attributes the id attributes in the order of their names: one, or those of an IdClass
   * @param keyClass the IdClass; for a single attribute its own type, primitive or not
   * @param isGenerated whether the provider or the database assigns it: then 0 is none
   * @throws IllegalArgumentException if a part of it is masked
   */
  public Identifier(
      Class<?> entityClass, List<Attribute> attributes, Class<?> keyClass, boolean isGenerated) {
    this.entityClass = entityClass;
    this.attributes = List.copyOf(attributes);
    this.keyClass = MethodType.methodType(keyClass).wrap().returnType();
    this.isGenerated = isGenerated;
    attributes.forEach(each -> requireClear(entityClass, each));
  }

  private static void requireClear(Class<?> entityClass, Attribute attribute) {
    if (!attribute.maskedPaths().isEmpty() || Member.of(entityClass, attribute.name()).isMasked()) {
      throw new IllegalArgumentException(
          "attribute %s of %s belongs to its id and cannot be @Masked"
              .formatted(attribute.name(), entityClass.getName()));
    }
  }

  /** Returns the entity class whose key this is. */
  public Class<?> entityClass() {
    return entityClass;
  }

  /** Returns the names of the id attributes with the Java type of the key. */
  public Map<String, String> shape() {
    Map<String, String> shape = new TreeMap<>();
    attributes.forEach(each -> shape.put(each.name(), keyClass.getName()));
    return shape;
  }

  /** Returns the object id of {@code entity}; empty while it has none. */
  public Optional<String> objectId(Object entity) {
    if (attributes.size() == 1 && attributes.get(0).codec() instanceof BasicCodec codec) {
      return Optional.ofNullable(attributes.get(0).accessor().get(entity))
          .filter(this::isAssigned)
          .map(codec.plain())
          .filter(text -> !text.isEmpty());
    }
    if (isDerivedWhole()) {
      return Optional.ofNullable(attributes.get(0).accessor().get(entity))
          .flatMap(parent()::objectId);
    }
    StringBuilder json = new StringBuilder();
    write(entity, json);
    return Optional.of(json.toString());
  }

  /**
   * Appends the key as a reference holds it: the value of a single id, else an object.
   *
   * @throws UnassignedIdException while the entity has no id
   */
  void write(Object entity, StringBuilder json) {
    if (attributes.size() == 1) {
      Object value = attributes.get(0).accessor().get(entity);
      if (value == null || !isAssigned(value)) {
        throw new UnassignedIdException(entityClass);
      }
      attributes.get(0).codec().write(value, json);
    } else {
      EmbeddableCodec.of(attributes, Object::new, false).write(entity, json);
    }
  }

  /**
   * Returns the object id of a primary key as {@code EntityManager.find} takes it.
   *
   * @throws IllegalArgumentException if it is not of the key's type
   */
  public String objectIdOf(Object primaryKey) {
    if (attributes.size() == 1 && attributes.get(0).codec() instanceof BasicCodec codec) {
      if (!keyClass.isInstance(primaryKey)) {
        throw new IllegalArgumentException(
            "the id of %s is a %s, not a %s"
                .formatted(
                    entityClass.getName(), keyClass.getName(), primaryKey.getClass().getName()));
      }
      return codec.plain().apply(primaryKey);
    }
    if (isDerivedWhole()) {
      return parent().objectIdOf(primaryKey);
    }
    if (attributes.size() == 1) {
      return attributes.get(0).textOf(primaryKey);
    }
    Map<String, Object> parts = new TreeMap<>();
    attributes.forEach(each -> parts.put(each.name(), KeyFields.get(primaryKey, each.name())));
    StringBuilder json = new StringBuilder();
    char separator = '{';
    for (Attribute attribute : attributes) {
      json.append(separator);
      JsonText.quote(attribute.name(), json);
      json.append(':').append(text(attribute, parts.get(attribute.name())));
      separator = ',';
    }
    return json.append('}').toString();
  }

  /** A part that is derived is the key of the entity that the attribute refers to. */
  private static String text(Attribute attribute, @Nullable Object part) {
    return part != null && isKeyOfAnother(attribute, part)
        ? parent(attribute).referenceTo(part)
        : attribute.textOf(part);
  }

  private static boolean isKeyOfAnother(Attribute attribute, Object part) {
    return attribute.codec() instanceof ReferenceCodec reference
        && !reference.target().isInstance(part);
  }

  private static Identifier parent(Attribute attribute) {
    ReferenceCodec reference = (ReferenceCodec) attribute.codec();
    return reference.identifiers().apply(reference.target());
  }

  /** Returns a primary key as a reference holds it, as JSON text; numbers of any type will do. */
  public String referenceTo(Object primaryKey) {
    if (attributes.size() == 1 && attributes.get(0).codec() instanceof BasicCodec codec) {
      return Operands.text(codec, primaryKey);
    }
    return isDerivedWhole() ? parent().referenceTo(primaryKey) : objectIdOf(primaryKey);
  }

  /**
   * Returns the primary key that an object id stands for.
   *
   * @throws IllegalArgumentException if it is not the id of such an entity
   */
  public Object primaryKey(String objectId) {
    if (attributes.size() == 1 && attributes.get(0).codec() instanceof BasicCodec codec) {
      return codec.parse(objectId);
    }
    return isDerivedWhole() ? parent().primaryKey(objectId) : primaryKey(JsonText.parse(objectId));
  }

  /**
   * Returns the primary key that a reference holds.
   *
   * @throws IllegalArgumentException if it is not the id of such an entity
   */
  Object primaryKey(JsonValue json) {
    if (attributes.size() == 1) {
      return required(attributes.get(0).codec().read(json, Identifier::noReferences));
    }
    if (!(json instanceof JsonObject object)) {
      throw new IllegalArgumentException("not the id of a " + entityClass.getName());
    }
    Object key = KeyFields.newInstance(keyClass);
    for (Attribute attribute : attributes) {
      JsonValue part = object.getOrDefault(attribute.name(), JsonValue.NULL);
      KeyFields.set(key, attribute.name(), attribute.codec().read(part, Identifier::noReferences));
    }
    return key;
  }

  /** Gives the key to an entity that is not managed. */
  public void assign(Object entity, Object primaryKey, References references) {
    for (Attribute attribute : attributes) {
      Object part =
          attributes.size() == 1 ? primaryKey : KeyFields.get(primaryKey, attribute.name());
      attribute.accessor().set(entity, value(attribute, part, references));
    }
  }

  private static @Nullable Object value(
      Attribute attribute, @Nullable Object part, References references) {
    return part != null && isKeyOfAnother(attribute, part)
        ? references.resolve(parent(attribute).entityClass, part)
        : part;
  }

  /** Whether the key is another entity's: a one-to-one or many-to-one is the only id attribute. */
  private boolean isDerivedWhole() {
    return attributes.size() == 1 && attributes.get(0).codec() instanceof ReferenceCodec;
  }

  private Identifier parent() {
    return parent(attributes.get(0));
  }

  private boolean isAssigned(Object key) {
    return !(isGenerated && key instanceof Number number && number.longValue() == 0);
  }

  private Object required(@Nullable Object key) {
    if (key == null) {
      throw new IllegalArgumentException("not the id of a " + entityClass.getName());
    }
    return key;
  }

  /** In an IdClass a derived part is the referenced entity's own key (Jakarta Persistence §2.4). */
  private static Object noReferences(Class<?> entityClass, Object primaryKey) {
    return primaryKey;
  }
}
