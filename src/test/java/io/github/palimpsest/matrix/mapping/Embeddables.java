package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import io.github.palimpsest.matrix.Variant;
import jakarta.persistence.AssociationOverride;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.persistence.annotations.ChangeTracking;
import org.eclipse.persistence.annotations.ChangeTrackingType;

/** Embeddables. */
public final class Embeddables implements Kinds {
  private static final String NOT_HEARD =
      "woven, EclipseLink listens to embeddables in an embeddable, but not to its collections (AttributeChangeTrackingPolicy.setAggregateChangeListener): nothing is stored unless the entity has EclipseLink's @ChangeTracking(DEFERRED)";

  private static final String SAME_KEY =
      "a woven mapped superclass remembers the key that EclipseLink makes of an element's columns (ObjectBuilder.extractPrimaryKeyFromObject), so the element seems to be what it was: nothing is stored unless eclipselink.weaving.internal is false";

  @Embeddable
  static class Point {
    Integer x;
    Integer y;

    Point() {}

    Point(Integer x, Integer y) {
      this.x = x;
      this.y = y;
    }

    void moveTo(Integer newX) {
      x = newX;
    }
  }

  @Embeddable
  static class Line {
    @Column(name = "line_name")
    String name;

    @Embedded
    @AttributeOverride(name = "x", column = @Column(name = "from_x"))
    @AttributeOverride(name = "y", column = @Column(name = "from_y"))
    Point from;

    @Embedded
    @AttributeOverride(name = "x", column = @Column(name = "to_x"))
    @AttributeOverride(name = "y", column = @Column(name = "to_y"))
    Point to;

    Line() {}

    Line(String name, Point from, Point to) {
      this.name = name;
      this.from = from;
      this.to = to;
    }

    void endAt(Point end) {
      to = end;
    }
  }

  @Entity(name = "Drawing")
  @Audited
  static class Drawing {
    @Id Integer id;
    @Embedded Point origin;

    @Embedded
    @AttributeOverride(name = "x", column = @Column(name = "top_x"))
    @AttributeOverride(name = "y", column = @Column(name = "top_y"))
    Point top;

    @Embedded Line edge;

    static List<Kind<?>> kinds() {
      return List.of(
          Kind.of(
                  "embeddable",
                  Drawing.class,
                  (em, n) -> {
                    Drawing made = make(n);
                    made.origin = new Point(1, 2);
                    return made;
                  },
                  "{\"origin\":{\"x\":1,\"y\":2}}")
              .change(
                  "replace",
                  e -> e.origin = new Point(3, null),
                  "{\"origin\":{\"x\":3,\"y\":null}}")
              .noChange("equal value", e -> e.origin = new Point(1, 2))
              .change("in place", e -> e.origin.moveTo(9), "{\"origin\":{\"x\":9,\"y\":2}}")
              .change("to null", e -> e.origin = null, "{\"origin\":null}")
              .change("to nothing but nulls", e -> e.origin = new Point(), "{\"origin\":null}"),
          Kind.of("null embeddable", Drawing.class, (em, n) -> make(n), "{}")
              .change(
                  "from null", e -> e.origin = new Point(0, 0), "{\"origin\":{\"x\":0,\"y\":0}}")
              .noChange("from null to nothing but nulls", e -> e.origin = new Point()),
          Kind.of(
                  "two of one type, columns overridden",
                  Drawing.class,
                  (em, n) -> {
                    Drawing made = make(n);
                    made.origin = new Point(1, 2);
                    made.top = new Point(3, 4);
                    return made;
                  },
                  "{\"origin\":{\"x\":1,\"y\":2},\"top\":{\"x\":3,\"y\":4}}")
              .change("one", e -> e.top = new Point(5, 6), "{\"top\":{\"x\":5,\"y\":6}}")
              .change(
                  "swap",
                  e -> {
                    Point origin = new Point(e.origin.x, e.origin.y);
                    e.origin = new Point(e.top.x, e.top.y);
                    e.top = origin;
                  },
                  "{\"origin\":{\"x\":3,\"y\":4},\"top\":{\"x\":1,\"y\":2}}"),
          Kind.of(
                  "nested, columns overridden twice",
                  Drawing.class,
                  (em, n) -> {
                    Drawing made = make(n);
                    made.edge = new Line("l", new Point(1, 2), new Point(3, 4));
                    return made;
                  },
                  "{\"edge\":{\"from\":{\"x\":1,\"y\":2},\"name\":\"l\",\"to\":{\"x\":3,\"y\":4}}}")
              .change(
                  "inner in place",
                  e -> e.edge.to.moveTo(9),
                  "{\"edge\":{\"from\":{\"x\":1,\"y\":2},\"name\":\"l\",\"to\":{\"x\":9,\"y\":4}}}")
              .change(
                  "inner replaced",
                  e -> e.edge.endAt(new Point(7, 8)),
                  "{\"edge\":{\"from\":{\"x\":1,\"y\":2},\"name\":\"l\",\"to\":{\"x\":7,\"y\":8}}}")
              .change(
                  "inner to null",
                  e -> e.edge.endAt(null),
                  "{\"edge\":{\"from\":{\"x\":1,\"y\":2},\"name\":\"l\",\"to\":null}}")
              .change("whole to null", e -> e.edge = null, "{\"edge\":null}"));
    }

    private static Drawing make(int n) {
      Drawing made = new Drawing();
      made.id = n;
      return made;
    }
  }

  @Entity(name = "Country")
  static class Country {
    @Id String code;
  }

  @Embeddable
  static class Residence {
    String street;
    @ManyToOne Country country;
    @ElementCollection Set<String> lodgers = new HashSet<>();

    void in(Country other) {
      country = other;
    }

    void rename(String other) {
      street = other;
    }

    void take(String lodger) {
      lodgers.add(lodger);
    }
  }

  @Entity(name = "Resident")
  @Audited
  static class Resident {
    @Id Integer id;

    @Embedded
    @AssociationOverride(name = "country", joinColumns = @JoinColumn(name = "land"))
    Residence home = new Residence();

    static List<Kind<?>> kinds() {
      return List.of(
          kind("embeddable with a relation")
              .change(
                  "set",
                  (em, e, n) -> e.home.in(em.find(Country.class, "b" + n)),
                  "{\"home\":{\"country\":\"b$n\",\"lodgers\":[\"x\"],\"street\":\"s\"}}")
              .change(
                  "to null",
                  e -> e.home.in(null),
                  "{\"home\":{\"country\":null,\"lodgers\":[\"x\"],\"street\":\"s\"}}"),
          kind("embeddable with an element collection")
              .change(
                  "add",
                  e -> e.home.take("y"),
                  "{\"home\":{\"country\":\"a$n\",\"lodgers\":[\"x\",\"y\"],\"street\":\"s\"}}")
              .on(Variant.ECLIPSELINK_WOVEN, NOT_HEARD)
              .change(
                  "another attribute",
                  e -> e.home.rename("t"),
                  "{\"home\":{\"country\":\"a$n\",\"lodgers\":[\"x\"],\"street\":\"t\"}}"));
    }

    private static Kind<Resident> kind(String name) {
      return Kind.of(
          name,
          Resident.class,
          (em, n) -> {
            Resident made = new Resident();
            made.id = n;
            made.home.rename("s");
            made.home.in(country(em, "a" + n));
            country(em, "b" + n);
            made.home.take("x");
            return made;
          },
          "{\"home\":{\"country\":\"a$n\",\"lodgers\":[\"x\"],\"street\":\"s\"}}");
    }

    private static Country country(jakarta.persistence.EntityManager em, String code) {
      Country made = new Country();
      made.code = code;
      em.persist(made);
      return made;
    }
  }

  @Embeddable
  static class Lodging {
    String street;
    @ElementCollection Set<String> guests = new HashSet<>();

    void take(String guest) {
      guests.add(guest);
    }

    void empty() {
      guests.clear();
    }
  }

  @Entity(name = "Nomad")
  @Audited
  @ChangeTracking(ChangeTrackingType.DEFERRED)
  static class Nomad {
    @Id Integer id;
    @Embedded Lodging stay = new Lodging();

    static Kind<Nomad> kind() {
      return Kind.of(
              "the same with EclipseLink's @ChangeTracking(DEFERRED)",
              Nomad.class,
              (em, n) -> {
                Nomad made = new Nomad();
                made.id = n;
                made.stay.take("x");
                return made;
              },
              "{\"stay\":{\"guests\":[\"x\"],\"street\":null}}")
          .change(
              "add", e -> e.stay.take("y"), "{\"stay\":{\"guests\":[\"x\",\"y\"],\"street\":null}}")
          .change("clear", e -> e.stay.empty(), "{\"stay\":{\"guests\":[],\"street\":null}}");
    }
  }

  @MappedSuperclass
  static class Named<T> {
    String label;

    void relabel(String other) {
      label = other;
    }
  }

  @Embeddable
  static class Tag extends Named<Integer> {
    Integer weight;
  }

  @Entity(name = "Tagged")
  @Audited
  static class Tagged {
    @Id Integer id;
    @Embedded Tag tag;

    static Kind<Tagged> kind() {
      return Kind.of(
              "embeddable with a generic mapped superclass",
              Tagged.class,
              (em, n) -> {
                Tagged made = new Tagged();
                made.id = n;
                made.tag = new Tag();
                made.tag.relabel("l");
                return made;
              },
              "{\"tag\":{\"label\":\"l\",\"weight\":null}}")
          .change(
              "inherited attribute",
              e -> e.tag.relabel("m"),
              "{\"tag\":{\"label\":\"m\",\"weight\":null}}")
          .change("to null", e -> e.tag = null, "{\"tag\":null}");
    }
  }

  @MappedSuperclass
  static class Labelled {
    String label;

    void relabel(String other) {
      label = other;
    }
  }

  @MappedSuperclass
  static class Priced extends Labelled {
    Integer price;
  }

  @Embeddable
  static class Sticker extends Priced {
    Integer size;

    @Embedded
    @AttributeOverride(name = "x", column = @Column(name = "place_x"))
    @AttributeOverride(name = "y", column = @Column(name = "place_y"))
    Point place;

    void moveTo(Point other) {
      place = other;
    }

    void resize(Integer other) {
      size = other;
    }
  }

  @Entity(name = "Sheet")
  @Audited
  static class Sheet {
    @Id Integer id;
    @Embedded Sticker sticker;
    @ElementCollection List<Sticker> more = new ArrayList<>();

    static List<Kind<?>> kinds() {
      return List.of(
          Kind.of(
                  "embeddable with two mapped superclasses and an embeddable",
                  Sheet.class,
                  (em, n) -> {
                    Sheet made = make(n);
                    made.sticker = sticker();
                    return made;
                  },
                  "{\"sticker\":{\"label\":\"l\",\"place\":{\"x\":1,\"y\":2},\"price\":null,\"size\":3}}")
              .change(
                  "attribute of the highest",
                  e -> e.sticker.relabel("m"),
                  "{\"sticker\":{\"label\":\"m\",\"place\":{\"x\":1,\"y\":2},\"price\":null,\"size\":3}}")
              .change(
                  "its embeddable",
                  e -> e.sticker.moveTo(null),
                  "{\"sticker\":{\"label\":\"l\",\"place\":null,\"price\":null,\"size\":3}}")
              .change("to null", e -> e.sticker = null, "{\"sticker\":null}"),
          Kind.of(
                  "element collection of such",
                  Sheet.class,
                  (em, n) -> {
                    Sheet made = make(n);
                    made.more.add(sticker());
                    return made;
                  },
                  "{\"more\":[{\"label\":\"l\",\"place\":{\"x\":1,\"y\":2},\"price\":null,\"size\":3}]}")
              .change(
                  "inherited attribute in place",
                  e -> e.more.get(0).relabel("m"),
                  "{\"more\":[{\"label\":\"m\",\"place\":{\"x\":1,\"y\":2},\"price\":null,\"size\":3}]}")
              .on(Variant.ECLIPSELINK_WOVEN, SAME_KEY)
              .change(
                  "own attribute in place",
                  e -> e.more.get(0).resize(4),
                  "{\"more\":[{\"label\":\"l\",\"place\":{\"x\":1,\"y\":2},\"price\":null,\"size\":4}]}")
              .on(Variant.ECLIPSELINK_WOVEN, SAME_KEY)
              .change(
                  "another element in its place",
                  e -> {
                    e.more.clear();
                    e.more.add(sticker());
                    e.more.get(0).relabel("n");
                  },
                  "{\"more\":[{\"label\":\"n\",\"place\":{\"x\":1,\"y\":2},\"price\":null,\"size\":3}]}"));
    }

    private static Sheet make(int n) {
      Sheet made = new Sheet();
      made.id = n;
      return made;
    }

    private static Sticker sticker() {
      Sticker made = new Sticker();
      made.relabel("l");
      made.moveTo(new Point(1, 2));
      made.size = 3;
      return made;
    }
  }

  @Override
  public String title() {
    return "Embeddables";
  }

  @Override
  public List<Kind<?>> kinds() {
    return Kinds.list(
        Drawing.kinds(), Resident.kinds(), Nomad.kind(), Tagged.kind(), Sheet.kinds());
  }
}
