package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import io.github.palimpsest.testing.JpaProvider;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.ArrayList;
import java.util.List;

/** Embeddables that extend embeddables. */
public final class EmbeddableHierarchies implements Kinds {
  private static final String NONE =
      "an embeddable extends a mapped superclass, no embeddable (Jakarta Persistence 3.1 §2.5 to §2.11; \"We don't support embeddable inheritance yet\" in EclipseLink's EmbeddableAccessor)";

  @Embeddable
  @DiscriminatorColumn(name = "shape_kind")
  @DiscriminatorValue("shape")
  static class Shape {
    String name;

    void rename(String other) {
      name = other;
    }
  }

  @Embeddable
  @DiscriminatorValue("circle")
  static class Circle extends Shape {
    Integer radius;

    Circle() {}

    Circle(String name, Integer radius) {
      rename(name);
      this.radius = radius;
    }

    void grow() {
      radius = radius + 1;
    }
  }

  @Embeddable
  @DiscriminatorValue("square")
  static class Square extends Shape {
    Integer side;

    Square() {}

    Square(String name, Integer side) {
      rename(name);
      this.side = side;
    }
  }

  @Entity(name = "Figure")
  @Audited
  static class Figure {
    @Id Integer id;
    @Embedded Shape shape;

    static List<Kind<?>> kinds() {
      return List.of(
          Kind.of(
                  "embeddable with subclasses",
                  Figure.class,
                  (em, n) -> {
                    Figure made = new Figure();
                    made.id = n;
                    made.shape = new Circle("c", 1);
                    return made;
                  },
                  "{\"shape\":{\"name\":\"c\",\"radius\":1,\"side\":null,\"type\":\"circle\"}}")
              .change(
                  "in place",
                  e -> ((Circle) e.shape).grow(),
                  "{\"shape\":{\"name\":\"c\",\"radius\":2,\"side\":null,\"type\":\"circle\"}}")
              .change(
                  "of another class",
                  e -> e.shape = new Square("s", 3),
                  "{\"shape\":{\"name\":\"s\",\"radius\":null,\"side\":3,\"type\":\"square\"}}")
              .change("to null", e -> e.shape = null, "{\"shape\":null}")
              .limit(
                  JpaProvider.HIBERNATE,
                  "the column that tells the class of an embeddable is not null, whatever the mapping says (AnnotatedDiscriminatorColumn.buildDiscriminatorColumn; so in the table of Hibernate's User Guide, Embeddable inheritance)")
              .never(JpaProvider.ECLIPSELINK, NONE));
    }
  }

  @Entity(name = "Mosaic")
  @Audited
  static class Mosaic {
    @Id Integer id;
    @ElementCollection List<Shape> parts = new ArrayList<>();

    static List<Kind<?>> kinds() {
      return List.of(
          Kind.of(
                  "element collection of such",
                  Mosaic.class,
                  (em, n) -> {
                    Mosaic made = new Mosaic();
                    made.id = n;
                    made.parts.add(new Circle("c", 1));
                    return made;
                  },
                  "{\"parts\":[{\"name\":\"c\",\"radius\":1,\"side\":null,\"type\":\"circle\"}]}")
              .change(
                  "add",
                  e -> e.parts.add(new Square("s", 3)),
                  "{\"parts\":[{\"name\":\"c\",\"radius\":1,\"side\":null,\"type\":\"circle\"},{\"name\":\"s\",\"radius\":null,\"side\":3,\"type\":\"square\"}]}")
              .change("clear", e -> e.parts.clear(), "{\"parts\":[]}")
              .never(JpaProvider.ECLIPSELINK, NONE));
    }
  }

  @Override
  public String title() {
    return "Embeddables that extend embeddables";
  }

  @Override
  public List<Kind<?>> kinds() {
    return Kinds.list(Figure.kinds(), Mosaic.kinds());
  }
}
