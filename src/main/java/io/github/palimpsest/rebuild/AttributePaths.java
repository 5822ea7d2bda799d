package io.github.palimpsest.rebuild;

import io.github.palimpsest.rebuild.AttributePath.Hop;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.EmbeddableCodec;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.MapCodec;
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
   * One name of a path.
   *
   * @param isMasked whether something in it is
   */
  private record Step(String name, ValueCodec codec, boolean isMasked) {
    static Step of(Attribute attribute) {
      return new Step(attribute.name(), attribute.codec(), !attribute.maskedPaths().isEmpty());
    }
  }

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

  /** Returns whether {@link #within} returns one. */
  public boolean has(EntityModel model, String text) {
    try {
      within(model, text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * As {@link #within}, for one whose values hold references.
   *
   * @throws IllegalArgumentException also if they do not
   */
  public AttributePath referring(EntityModel model, String text) {
    AttributePath path = within(model, text);
    if (!path.refers()) {
      throw new IllegalArgumentException(text + " refers to nothing");
    }
    return path;
  }

  private AttributePath path(EntityModel model, String text, boolean isCompared) {
    List<String> names = List.of(text.split("\\.", -1));
    List<Hop> hops = new ArrayList<>();
    List<String> way = new ArrayList<>();
    Step step = known(model.attribute(names.get(0)).map(Step::of), model.contentType(), text);
    way.add(step.name());
    for (String name : names.subList(1, names.size())) {
      if (step.codec() instanceof ReferenceCodec reference && isCompared) {
        hops.add(new Hop(way, reference));
        way.clear();
      }
      step = known(next(step, name, text, isCompared), step.name(), text);
      way.add(name);
    }
    if (isCompared && step.isMasked()) {
      throw new IllegalArgumentException(text + " is masked and cannot be compared");
    }
    return new AttributePath(names, hops, way, step.codec());
  }

  private static Step known(Optional<Step> found, String owner, String text) {
    return found.orElseThrow(
        () -> new IllegalArgumentException("%s has no attribute %s".formatted(owner, text)));
  }

  private Optional<Step> next(Step step, String name, String text, boolean mayLeaveTheObject) {
    if (step.codec() instanceof EmbeddableCodec embeddable) {
      return embeddable.attributes().stream()
          .filter(each -> each.name().equals(name))
          .findFirst()
          .map(Step::of);
    }
    if (step.codec() instanceof MapCodec map && map.hasBasicKeys()) {
      return Optional.of(new Step(name, map.value(), step.isMasked()));
    }
    return step.codec() instanceof ReferenceCodec reference && mayLeaveTheObject
        ? ofTarget(reference, name, text)
        : Optional.empty();
  }

  /** A subclass of what the relation is declared with may be what has it. */
  private Optional<Step> ofTarget(ReferenceCodec reference, String name, String text) {
    List<EntityModel> targets =
        models.all().stream()
            .filter(model -> reference.target().isAssignableFrom(model.entityClass()))
            .toList();
    if (targets.isEmpty()) {
      throw new IllegalArgumentException(
          "%s leads to a %s, which is not audited".formatted(text, reference.target().getName()));
    }
    return targets.stream()
        .flatMap(model -> model.attribute(name).stream())
        .map(Step::of)
        .findFirst();
  }
}
