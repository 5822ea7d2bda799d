package io.github.palimpsest.matrix;

import io.github.palimpsest.matrix.mapping.Annotated;
import io.github.palimpsest.matrix.mapping.AnyCollections;
import io.github.palimpsest.matrix.mapping.AnyReferences;
import io.github.palimpsest.matrix.mapping.ArrayElements;
import io.github.palimpsest.matrix.mapping.Arrays;
import io.github.palimpsest.matrix.mapping.Basics;
import io.github.palimpsest.matrix.mapping.Columns;
import io.github.palimpsest.matrix.mapping.CompositeIds;
import io.github.palimpsest.matrix.mapping.CompositeRelations;
import io.github.palimpsest.matrix.mapping.Converted;
import io.github.palimpsest.matrix.mapping.DerivedIds;
import io.github.palimpsest.matrix.mapping.Elements;
import io.github.palimpsest.matrix.mapping.EmbeddableHierarchies;
import io.github.palimpsest.matrix.mapping.Embeddables;
import io.github.palimpsest.matrix.mapping.EqualElements;
import io.github.palimpsest.matrix.mapping.Ids;
import io.github.palimpsest.matrix.mapping.Inheritance;
import io.github.palimpsest.matrix.mapping.Lobs;
import io.github.palimpsest.matrix.mapping.MapColumns;
import io.github.palimpsest.matrix.mapping.Maps;
import io.github.palimpsest.matrix.mapping.Moves;
import io.github.palimpsest.matrix.mapping.NullElements;
import io.github.palimpsest.matrix.mapping.OrderedAnyCollections;
import io.github.palimpsest.matrix.mapping.Records;
import io.github.palimpsest.matrix.mapping.Relations;
import io.github.palimpsest.matrix.mapping.SharedColumns;
import io.github.palimpsest.matrix.mapping.SortedElements;
import io.github.palimpsest.matrix.mapping.Times;
import io.github.palimpsest.matrix.mapping.Versions;
import java.util.List;

/** All groups of kinds. */
final class Groups {
  static final String PACKAGE = Basics.class.getPackageName();

  /** The system property that names the groups to try, with commas between them. */
  static final String ONLY = "matrix.only";

  private static final List<Class<? extends Kinds>> TYPES =
      List.of(
          Basics.class,
          Arrays.class,
          ArrayElements.class,
          Times.class,
          Converted.class,
          Lobs.class,
          Columns.class,
          SharedColumns.class,
          Embeddables.class,
          EmbeddableHierarchies.class,
          Records.class,
          Ids.class,
          CompositeIds.class,
          DerivedIds.class,
          Versions.class,
          Inheritance.class,
          Annotated.class,
          Relations.class,
          CompositeRelations.class,
          Moves.class,
          AnyReferences.class,
          AnyCollections.class,
          OrderedAnyCollections.class,
          Elements.class,
          EqualElements.class,
          NullElements.class,
          SortedElements.class,
          Maps.class,
          MapColumns.class);

  private Groups() {}

  /** Returns the groups with their entities as {@code loader} loads them. */
  static List<Kinds> all(ClassLoader loader) {
    String only = System.getProperty(ONLY);
    return TYPES.stream()
        .filter(type -> only == null || List.of(only.split(",")).contains(type.getSimpleName()))
        .map(type -> instance(loader, type.getName()))
        .toList();
  }

  private static Kinds instance(ClassLoader loader, String name) {
    try {
      return (Kinds) loader.loadClass(name).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(name, e);
    }
  }
}
