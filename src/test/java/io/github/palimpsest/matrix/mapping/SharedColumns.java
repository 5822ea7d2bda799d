package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import io.github.palimpsest.testing.JpaProvider;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import java.util.List;

/** Columns that not every statement writes, and columns of several attributes. */
public final class SharedColumns implements Kinds {
  private static final String NOT_UPDATED =
      "no update writes a column with updatable = false (Jakarta Persistence 3.1 §11.1.9); the answer of the restore names the attribute";

  private static final String BOTH =
      "EclipseLink asks the column, not the attribute, whether an embeddable writes it (AggregateObjectMapping.writeInsertFieldsIntoRow), and a column of two attributes has the settings of the one whose name comes first (ClassDescriptor.buildField)";

  @Entity(name = "Depot")
  static class Depot {
    @Id String id;

    static Depot persisted(EntityManager em, String id) {
      Depot made = new Depot();
      made.id = id;
      em.persist(made);
      return made;
    }
  }

  @Embeddable
  static class Stamp {
    String open;

    @Column(updatable = false)
    String once;

    @Column(insertable = false)
    String later;

    Stamp() {}

    Stamp(String open, String once, String later) {
      this.open = open;
      this.once = once;
      this.later = later;
    }

    void reopen(String other) {
      open = other;
    }

    void overwrite(String other) {
      once = other;
    }

    void fill(String other) {
      later = other;
    }
  }

  @Entity(name = "Postcard")
  @Audited
  static class Postcard {
    @Id Integer id;
    @Embedded Stamp stamp;

    static Kind<Postcard> kind() {
      return Kind.of(
              "insertable = false and updatable = false in an embeddable",
              Postcard.class,
              (em, n) -> {
                Postcard made = new Postcard();
                made.id = n;
                made.stamp = new Stamp("o", "once", "too early");
                return made;
              },
              "{\"stamp\":{\"later\":null,\"once\":\"once\",\"open\":\"o\"}}")
          .change(
              "what every statement writes",
              e -> e.stamp.reopen("p"),
              "{\"stamp\":{\"later\":null,\"once\":\"once\",\"open\":\"p\"}}")
          .change(
              "what no insert writes",
              e -> e.stamp.fill("now"),
              "{\"stamp\":{\"later\":\"now\",\"once\":\"once\",\"open\":\"o\"}}")
          .noChange("what no update writes", e -> e.stamp.overwrite("twice"))
          .change(
              "all of them",
              e -> e.stamp = new Stamp("p", "twice", "now"),
              "{\"stamp\":{\"later\":\"now\",\"once\":\"once\",\"open\":\"p\"}}")
          .change(
              "to null",
              e -> e.stamp = null,
              "{\"stamp\":{\"later\":null,\"once\":\"once\",\"open\":null}}")
          .on(
              JpaProvider.ECLIPSELINK,
              "EclipseLink clears every column of an embeddable that is null, updatable or not (writeNullReferenceRow of its AggregateObjectMapping)",
              "update Postcard/$n {\"stamp\":null}")
          .restoreLimit(JpaProvider.ECLIPSELINK, NOT_UPDATED);
    }
  }

  @Embeddable
  static class Twin {
    String first;

    @Column(name = "first", insertable = false, updatable = false)
    String again;

    Twin() {}

    Twin(String first) {
      this.first = first;
    }

    void rename(String other) {
      first = other;
    }
  }

  @Entity(name = "Couple")
  @Audited
  static class Couple {
    @Id Integer id;
    @Embedded Twin twin;

    static Kind<Couple> kind() {
      return Kind.of(
              "read-only second attribute of a column, in an embeddable",
              Couple.class,
              (em, n) -> {
                Couple made = new Couple();
                made.id = n;
                made.twin = new Twin("a");
                return made;
              },
              "{\"twin\":{\"first\":\"a\"}}")
          .limit(JpaProvider.ECLIPSELINK, BOTH)
          .change("value", e -> e.twin.rename("b"), "{\"twin\":{\"first\":\"b\"}}")
          .limit(JpaProvider.ECLIPSELINK, BOTH)
          .removalLimit(JpaProvider.ECLIPSELINK, BOTH);
    }
  }

  @Embeddable
  static class Echo {
    String first;

    @Column(name = "first", insertable = false, updatable = false)
    String second;

    Echo() {}

    Echo(String first) {
      this.first = first;
    }

    void rename(String other) {
      first = other;
    }
  }

  @Entity(name = "Valley")
  @Audited
  static class Valley {
    @Id Integer id;
    @Embedded Echo echo;

    static Kind<Valley> kind() {
      return Kind.of(
              "the same, its name after that of the first",
              Valley.class,
              (em, n) -> {
                Valley made = new Valley();
                made.id = n;
                made.echo = new Echo("a");
                return made;
              },
              "{\"echo\":{\"first\":\"a\"}}")
          .change("value", e -> e.echo.rename("b"), "{\"echo\":{\"first\":\"b\"}}")
          .change("to null", e -> e.echo = null, "{\"echo\":null}");
    }
  }

  @Entity(name = "Parcel")
  @Audited
  static class Parcel {
    @Id Integer id;

    @ManyToOne
    @JoinColumn(name = "depot_id")
    Depot depot;

    @Column(name = "depot_id", insertable = false, updatable = false)
    String depotId;

    @Column(name = "origin_id")
    String originId;

    @ManyToOne
    @JoinColumn(name = "origin_id", insertable = false, updatable = false)
    Depot origin;

    @ManyToOne
    @JoinColumn(name = "first_id", updatable = false)
    Depot first;

    @ManyToOne
    @JoinColumn(name = "last_id", insertable = false)
    Depot last;

    String text;

    static List<Kind<?>> kinds() {
      return List.of(
          Kind.of(
                  "column of a reference, read by a basic attribute",
                  Parcel.class,
                  (em, n) -> {
                    Parcel made = make(n);
                    made.depot = Depot.persisted(em, "a" + n);
                    made.depotId = "ignored";
                    return made;
                  },
                  "{\"depot\":\"a$n\"}")
              .change(
                  "the reference",
                  (em, e, n) -> e.depot = Depot.persisted(em, "b" + n),
                  "{\"depot\":\"b$n\"}")
              .noChange("the basic attribute", e -> e.depotId = "ignored"),
          Kind.of(
                  "column of a basic attribute, read by a reference",
                  Parcel.class,
                  (em, n) -> {
                    Parcel made = make(n);
                    made.originId = Depot.persisted(em, "a" + n).id;
                    Depot.persisted(em, "b" + n);
                    return made;
                  },
                  "{\"originId\":\"a$n\"}")
              .change(
                  "the basic attribute",
                  (em, e, n) -> e.originId = "b" + n,
                  "{\"originId\":\"b$n\"}")
              .transaction("the reference", (em, e, n) -> e.origin = em.find(Depot.class, "b" + n)),
          Kind.of(
                  "reference, updatable = false",
                  Parcel.class,
                  (em, n) -> {
                    Parcel made = make(n);
                    made.first = Depot.persisted(em, "a" + n);
                    Depot.persisted(em, "b" + n);
                    return made;
                  },
                  "{\"first\":\"a$n\"}")
              .transaction("set", (em, e, n) -> e.first = em.find(Depot.class, "b" + n))
              .change(
                  "set, and another attribute",
                  (em, e, n) -> {
                    e.first = em.find(Depot.class, "b" + n);
                    e.text = "x";
                  },
                  "{\"text\":\"x\"}"),
          Kind.of(
                  "reference, insertable = false",
                  Parcel.class,
                  (em, n) -> {
                    Parcel made = make(n);
                    made.last = Depot.persisted(em, "a" + n);
                    Depot.persisted(em, "b" + n);
                    return made;
                  },
                  "{}")
              .change(
                  "set",
                  (em, e, n) -> e.last = em.find(Depot.class, "b" + n),
                  "{\"last\":\"b$n\"}"));
    }

    private static Parcel make(int n) {
      Parcel made = new Parcel();
      made.id = n;
      return made;
    }
  }

  @Override
  public String title() {
    return "Columns that not every statement writes";
  }

  @Override
  public List<Kind<?>> kinds() {
    return Kinds.list(Postcard.kind(), Couple.kind(), Valley.kind(), Parcel.kinds());
  }
}
