package io.github.palimpsest.state;

import io.github.palimpsest.Audited;
import io.github.palimpsest.event.ContentType;
import io.github.palimpsest.event.Control;
import io.github.palimpsest.event.StreamId;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What history knows of one audited entity class. Safe for threads. */
public final class EntityModel {
  private final Class<?> entityClass;
  private final String contentType;
  private final List<String> formerly;
  private final int schemaVersion;
  private final int snapshotEvery;
  private final Identifier identifier;
  private final Map<String, Attribute> attributes;
  private final List<Attribute> inOrder;
  private final Supplier<Object> instance;

  /**
   * Creates the model.
   *
   * @param formerly names that the content type had before
   * @param snapshotEvery number of changes after which a snapshot is due, 0 for the default
   * @param attributes the audited ones, in the order of their names
   * @param instance makes an empty entity
   */
  public EntityModel(
      Class<?> entityClass,
      String contentType,
      List<String> formerly,
      int schemaVersion,
      int snapshotEvery,
      Identifier identifier,
      List<Attribute> attributes,
      Supplier<Object> instance) {
    this.entityClass = entityClass;
    this.contentType = contentType;
    this.formerly = List.copyOf(formerly);
    this.schemaVersion = schemaVersion;
    this.snapshotEvery = snapshotEvery;
    this.identifier = identifier;
    this.attributes =
        attributes.stream()
            .collect(
                Collectors.toMap(
                    Attribute::name, each -> each, (one, other) -> one, LinkedHashMap::new));
    this.inOrder = List.copyOf(this.attributes.values());
    this.instance = instance;
  }

  /**
   * Returns the model of an audited class, as its {@link Audited} says, if it has or inherits one.
   *
   * @param entityName the content type where the class names none
   * @param attributes the audited ones, in the order of their names
   * @param instance makes an empty entity
   * @throws IllegalArgumentException if the content type has a name that is reserved
   */
  public static EntityModel audited(
      Class<?> entityClass,
      String entityName,
      Identifier identifier,
      List<Attribute> attributes,
      Supplier<Object> instance) {
    @Nullable Audited own = entityClass.getDeclaredAnnotation(Audited.class);
    @Nullable Audited audited = entityClass.getAnnotation(Audited.class);
    String contentType =
        own != null && !own.contentType().isEmpty() ? own.contentType() : entityName;
    if (contentType.startsWith(Control.RESERVED)) {
      throw new IllegalArgumentException(
          "%s cannot have the content type %s: names that begin with %s are the library's own"
              .formatted(entityClass.getName(), contentType, Control.RESERVED));
    }
    return new EntityModel(
        entityClass,
        contentType,
        own == null ? List.of() : List.of(own.formerly()),
        audited == null ? 1 : audited.schemaVersion(),
        audited == null ? 0 : audited.snapshotEvery(),
        identifier,
        attributes,
        instance);
  }

  /** Returns the entity class. */
  public Class<?> entityClass() {
    return entityClass;
  }

  /** Returns the content type's name. */
  public String contentType() {
    return contentType;
  }

  /** Returns the content type as the event table knows it. */
  public ContentType asContentType() {
    return new ContentType(contentType, formerly, entityClass.getName(), identifier.shape());
  }

  /** Returns the names that the content type had before. */
  public List<String> formerly() {
    return formerly;
  }

  /** Returns the version of the class, from 1. */
  public int schemaVersion() {
    return schemaVersion;
  }

  /** Returns the number of changes after which a snapshot is due, 0 for the default. */
  public int snapshotEvery() {
    return snapshotEvery;
  }

  /** Returns the primary key. */
  public Identifier identifier() {
    return identifier;
  }

  /** Returns the audited attributes in the order of their names. */
  public List<Attribute> attributes() {
    return inOrder;
  }

  /** Returns the audited attribute of that name; empty if there is none. */
  public Optional<Attribute> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /** Returns the stream of {@code entity}; empty while it has no id. */
  public Optional<StreamId> stream(Object entity) {
    return identifier.objectId(entity).map(id -> new StreamId(contentType, id));
  }

  /** Returns the names in {@code state} that the class no longer has, sorted. */
  public List<String> unknownAttributes(Map<String, JsonValue> state) {
    return state.keySet().stream().filter(name -> !attributes.containsKey(name)).sorted().toList();
  }

  /** Returns the paths to what is masked, embeddables with a dot, in the order of their names. */
  public List<String> maskedPaths() {
    return inOrder.stream().flatMap(attribute -> attribute.maskedPaths().stream()).toList();
  }

  /** Gives {@code restored}, which is not managed, what {@code live} has where it is masked. */
  public void keepMasked(Object live, Object restored) {
    inOrder.forEach(attribute -> attribute.keepMasked(live, restored));
  }

  /**
   * Returns a new entity, not managed, with the attributes of {@code state}; attributes that the
   * state does not have, and masked ones, keep what the constructor gave them.
   *
   * @throws IllegalArgumentException if a value does not fit; the message names the attribute
   */
  public Object instantiate(Map<String, JsonValue> state, References references) {
    Object entity = empty();
    fill(entity, state, references, attribute -> true);
    return entity;
  }

  /** Returns a new entity, not managed, with what its constructor gave it. */
  public Object empty() {
    return instance.get();
  }

  /**
   * Gives some attributes of {@code state} to an entity that is not managed; the others, and masked
   * ones, keep what they have.
   *
   * @throws IllegalArgumentException if a value does not fit; the message names the attribute
   */
  public void fill(
      Object entity,
      Map<String, JsonValue> state,
      References references,
      Predicate<Attribute> which) {
    inOrder.stream()
        .filter(which)
        .forEach(
            attribute -> {
              JsonValue value = state.get(attribute.name());
              if (value != null) {
                set(attribute, entity, value, references);
              }
            });
  }

  private static void set(
      Attribute attribute, Object entity, JsonValue value, References references) {
    try {
      attribute.set(entity, value, references);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "attribute %s does not fit".formatted(attribute.name()), e);
    }
  }
}
