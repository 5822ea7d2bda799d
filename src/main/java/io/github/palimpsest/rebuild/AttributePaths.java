package io.github.palimpsest.rebuild;

import io.github.palimpsest.rebuild.AttributePath.Hop;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EmbeddableCodec;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.ReferenceCodec;
import io.github.palimpsest.state.ValueCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds paths in the entity classes of one persistence unit.
 *
 * @param models its classes
 */
public record AttributePaths(EntityModels models) {
  /**
   * Returns the path that {@code text} names, with dots.
   *
   * @throws IllegalArgumentException if the class has no such path, or it leads to what is masked,
   *     is an element of a collection or belongs to an object that is not audited
   */
  public AttributePath of(EntityModel model, String text) {
    return path(model, text, true);
  }

  /** As {@link #of}, for one that does not leave the object and is not compared. */
  public AttributePath within(EntityModel model, String text) {
    return path(model, text, false);
  }

  private AttributePath path(EntityModel model, String text, boolean isCompared) {
    List<String> names = List.of(text.split("\\.", -1));
    List<Hop> hops = new ArrayList<>();
    List<String> way = new ArrayList<>();
    Attribute attribute = attribute(model.attribute(names.get(0)), model.contentType(), text);
    way.add(attribute.name());
    for (String name : names.subList(1, names.size())) {
      ValueCodec codec = attribute.codec();
      if (codec instanceof ReferenceCodec reference && isCompared) {
        hops.add(new Hop(way, reference));
        way.clear();
      }
      attribute = attribute(part(codec, name, text, isCompared), attribute.name(), text);
      way.add(name);
    }
    if (isCompared && !attribute.maskedPaths().isEmpty()) {
      throw new IllegalArgumentException(text + " is masked and cannot be compared");
    }
    return new AttributePath(names, hops, way, attribute.codec());
  }

  private static Attribute attribute(Optional<Attribute> found, String owner, String text) {
    return found.orElseThrow(
        () -> new IllegalArgumentException("%s has no attribute %s".formatted(owner, text)));
  }

  private Optional<Attribute> part(
      ValueCodec codec, String name, String text, boolean mayLeaveTheObject) {
    if (codec instanceof EmbeddableCodec embeddable) {
      return embeddable.attributes().stream().filter(each -> each.name().equals(name)).findFirst();
    }
    if (codec instanceof ReferenceCodec reference && mayLeaveTheObject) {
      return ofTarget(reference, name, text);
    }
    return Optional.empty();
  }

  /** A subclass of what the relation is declared with may be what has it. */
  private Optional<Attribute> ofTarget(ReferenceCodec reference, String name, String text) {
    List<EntityModel> targets =
        models.all().stream()
            .filter(model -> reference.target().isAssignableFrom(model.entityClass()))
            .toList();
    if (targets.isEmpty()) {
      throw new IllegalArgumentException(
          "%s leads to a %s, which is not audited".formatted(text, reference.target().getName()));
    }
    return targets.stream().flatMap(model -> model.attribute(name).stream()).findFirst();
  }
}
