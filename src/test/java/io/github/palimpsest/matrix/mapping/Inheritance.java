package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.DiscriminatorType;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PrimaryKeyJoinColumn;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Inheritance, and polymorphic relations to it. */
public final class Inheritance implements Kinds {
  @Entity(name = "Creature")
  @Audited
  @jakarta.persistence.Inheritance(strategy = InheritanceType.SINGLE_TABLE)
  abstract static class Creature {
    @Id String id;
    String name;

    void rename(String other) {
      name = other;
    }
  }

  @Entity(name = "Bird")
  @Audited
  static class Bird extends Creature {
    Integer wings;

    void fly(int number) {
      wings = number;
    }

    static Kind<?> kind() {
      return Kind.of(
              "single table, abstract root",
              Bird.class,
              (em, n) -> make("b" + n),
              "b$n",
              "{\"wings\":2}")
          .change("inherited attribute", e -> e.rename("x"), "{\"name\":\"x\"}")
          .change("own attribute", e -> e.wings = 1, "{\"wings\":1}");
    }

    static Bird make(String id) {
      Bird made = new Bird();
      made.id = id;
      made.wings = 2;
      return made;
    }
  }

  @Entity(name = "Parrot")
  @Audited
  static class Parrot extends Bird {
    String says;

    static Kind<?> kind() {
      return Kind.of(
              "single table, third level", Parrot.class, (em, n) -> make("p" + n), "p$n", "{}")
          .change(
              "all levels",
              e -> {
                e.rename("x");
                e.fly(1);
                e.says = "y";
              },
              "{\"name\":\"x\",\"wings\":1,\"says\":\"y\"}");
    }

    static Parrot make(String id) {
      Parrot made = new Parrot();
      made.id = id;
      return made;
    }
  }

  @Entity(name = "Vessel")
  @Audited
  @jakarta.persistence.Inheritance(strategy = InheritanceType.JOINED)
  @DiscriminatorColumn(name = "vessel_kind", discriminatorType = DiscriminatorType.INTEGER)
  @DiscriminatorValue("1")
  static class Vessel {
    @Id String id;
    String name;

    void rename(String other) {
      name = other;
    }

    static Kind<?> kind() {
      return Kind.of(
              "joined, the root itself",
              Vessel.class,
              (em, n) -> {
                Vessel made = new Vessel();
                made.id = "v" + n;
                return made;
              },
              "v$n",
              "{}")
          .change("an attribute", e -> e.rename("x"), "{\"name\":\"x\"}");
    }
  }

  @Entity(name = "Sailboat")
  @Audited
  @DiscriminatorValue("2")
  @PrimaryKeyJoinColumn(name = "vessel")
  static class Sailboat extends Vessel {
    Integer masts;

    static Kind<?> kind() {
      return Kind.of(
              "joined, with a key column of its own name",
              Sailboat.class,
              (em, n) -> make("s" + n),
              "s$n",
              "{}")
          .change("inherited attribute", e -> e.rename("x"), "{\"name\":\"x\"}")
          .change("own attribute", e -> e.masts = 1, "{\"masts\":1}");
    }

    static Sailboat make(String id) {
      Sailboat made = new Sailboat();
      made.id = id;
      return made;
    }
  }

  @Entity(name = "Raft")
  @Audited
  @DiscriminatorValue("3")
  static class Raft extends Vessel {
    static Kind<?> kind() {
      return Kind.of(
              "joined, a subclass without attributes",
              Raft.class,
              (em, n) -> make("r" + n),
              "r$n",
              "{}")
          .change("inherited attribute", e -> e.rename("x"), "{\"name\":\"x\"}");
    }

    static Raft make(String id) {
      Raft made = new Raft();
      made.id = id;
      return made;
    }
  }

  @Entity(name = "Tool")
  @Audited
  @jakarta.persistence.Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
  static class Tool {
    @Id String id;
    String name;

    void rename(String other) {
      name = other;
    }

    static Kind<?> kind() {
      return Kind.of(
              "table per class, the root itself",
              Tool.class,
              (em, n) -> {
                Tool made = new Tool();
                made.id = "t" + n;
                return made;
              },
              "t$n",
              "{}")
          .change("an attribute", e -> e.rename("x"), "{\"name\":\"x\"}");
    }
  }

  @Entity(name = "Hammer")
  @Audited
  static class Hammer extends Tool {
    Integer weight;

    static Kind<?> kind() {
      return Kind.of("table per class", Hammer.class, (em, n) -> make("h" + n), "h$n", "{}")
          .change("inherited attribute", e -> e.rename("x"), "{\"name\":\"x\"}")
          .change("own attribute", e -> e.weight = 1, "{\"weight\":1}");
    }

    static Hammer make(String id) {
      Hammer made = new Hammer();
      made.id = id;
      return made;
    }
  }

  @Entity(name = "Keeper")
  @Audited
  static class Keeper {
    @Id Integer id;
    @ManyToOne Creature pet;
    @ManyToOne Vessel ship;
    @ManyToOne Tool tool;

    @ManyToMany
    @JoinTable(name = "keeper_flock")
    Set<Creature> flock = new HashSet<>();

    static List<Kind<?>> kinds() {
      return List.of(
          kind("relation to a single-table root")
              .transaction(
                  "set",
                  (em, e, n) -> e.pet = persisted(em, Parrot.make("kp" + n)),
                  "persist Parrot/kp$n {}",
                  "update Keeper/$n {\"pet\":{\"id\":\"kp$n\",\"type\":\"Parrot\"}}"),
          kind("relation to a joined root")
              .transaction(
                  "set",
                  (em, e, n) -> e.ship = persisted(em, Sailboat.make("ks" + n)),
                  "persist Sailboat/ks$n {}",
                  "update Keeper/$n {\"ship\":{\"id\":\"ks$n\",\"type\":\"Sailboat\"}}"),
          kind("relation to a table-per-class root")
              .transaction(
                  "set",
                  (em, e, n) -> e.tool = persisted(em, Hammer.make("kh" + n)),
                  "persist Hammer/kh$n {}",
                  "update Keeper/$n {\"tool\":{\"id\":\"kh$n\",\"type\":\"Hammer\"}}"),
          kind("polymorphic many-to-many")
              .transaction(
                  "add two",
                  (em, e, n) -> {
                    e.flock.add(persisted(em, Bird.make("kb" + n)));
                    e.flock.add(persisted(em, Parrot.make("kq" + n)));
                  },
                  "persist Bird/kb$n {\"wings\":2}",
                  "persist Parrot/kq$n {}",
                  "update Keeper/$n {\"flock\":[{\"type\":\"Bird\",\"id\":\"kb$n\"},{\"type\":\"Parrot\",\"id\":\"kq$n\"}]}"));
    }

    private static Kind<Keeper> kind(String name) {
      return Kind.of(
          name,
          Keeper.class,
          (em, n) -> {
            Keeper made = new Keeper();
            made.id = n;
            return made;
          },
          "{}");
    }

    private static <T> T persisted(EntityManager em, T entity) {
      em.persist(entity);
      return entity;
    }
  }

  /** Not managed: its field is no attribute. */
  static class Plain {
    String ignored = "i";
  }

  @MappedSuperclass
  abstract static class Identified<T> extends Plain {
    @Id Integer id;
    String note;

    void annotate(String other) {
      note = other;
    }
  }

  @MappedSuperclass
  abstract static class Stamped<T> extends Identified<T> {
    String stamp;

    void stampAs(String other) {
      stamp = other;
    }
  }

  @Entity(name = "Letter")
  @Audited
  static class Letter extends Stamped<String> {
    String text;

    static Kind<?> kind() {
      return Kind.of(
              "two generic mapped superclasses over a class that is no entity",
              Letter.class,
              (em, n) -> {
                Letter made = new Letter();
                made.id = n;
                return made;
              },
              "{}")
          .change(
              "attributes of all",
              e -> {
                e.annotate("n");
                e.stampAs("s");
                e.text = "t";
              },
              "{\"note\":\"n\",\"stamp\":\"s\",\"text\":\"t\"}")
          .noChange("of the class that is no entity", e -> e.ignored = "x");
    }
  }

  @Override
  public String title() {
    return "Inheritance";
  }

  @Override
  public List<Kind<?>> kinds() {
    return Kinds.list(
        Bird.kind(),
        Parrot.kind(),
        Vessel.kind(),
        Sailboat.kind(),
        Raft.kind(),
        Tool.kind(),
        Hammer.kind(),
        Keeper.kinds(),
        Letter.kind());
  }
}
