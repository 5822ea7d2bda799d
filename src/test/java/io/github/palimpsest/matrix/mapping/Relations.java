package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import io.github.palimpsest.matrix.Variant;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Relations. */
public final class Relations implements Kinds {
  /** Not audited. */
  @Entity(name = "Town")
  static class Town {
    @Id String id;

    @Column(unique = true)
    String code;

    static Town persisted(EntityManager em, String id) {
      Town made = new Town();
      made.id = id;
      made.code = "code " + id;
      em.persist(made);
      return made;
    }
  }

  @Entity(name = "Traveller")
  @Audited
  static class Traveller {
    @Id Integer id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    Town home;

    @ManyToOne(fetch = FetchType.LAZY)
    Town stay;

    @ManyToOne
    @JoinColumn(name = "code_of_town", referencedColumnName = "code")
    Town byCode;

    @ManyToOne
    @JoinTable(name = "traveller_goal")
    Town goal;

    @ManyToOne Traveller guide;
    String name;

    static List<Kind<?>> kinds() {
      return List.of(
          kind("many-to-one, required, lazy")
              .change(
                  "replace",
                  (em, e, n) -> e.home = em.getReference(Town.class, "b" + n),
                  "{\"home\":\"b$n\"}")
              .change("another attribute", e -> e.name = "x", "{\"name\":\"x\"}"),
          kind("many-to-one, optional, lazy")
              .change(
                  "set",
                  (em, e, n) -> e.stay = em.getReference(Town.class, "b" + n),
                  "{\"stay\":\"b$n\"}")
              .noChange("null again", e -> e.stay = null),
          kind("many-to-one by a column that is not the key")
              .change(
                  "set",
                  (em, e, n) -> e.byCode = em.find(Town.class, "b" + n),
                  "{\"byCode\":\"b$n\"}"),
          kind("many-to-one by a join table")
              .change(
                  "set", (em, e, n) -> e.goal = em.find(Town.class, "b" + n), "{\"goal\":\"b$n\"}"),
          kind("many-to-one to its own type")
              .change("to itself", e -> e.guide = e, "{\"guide\":$n}"));
    }

    private static Kind<Traveller> kind(String name) {
      return Kind.of(
          name,
          Traveller.class,
          (em, n) -> {
            Traveller made = new Traveller();
            made.id = n;
            made.home = Town.persisted(em, "a" + n);
            Town.persisted(em, "b" + n);
            return made;
          },
          "{\"home\":\"a$n\"}");
    }
  }

  @Entity(name = "Passport")
  @Audited
  static class Passport {
    @Id String id;

    @OneToOne(mappedBy = "passport")
    Citizen holder;

    static Passport make(String id) {
      Passport made = new Passport();
      made.id = id;
      return made;
    }
  }

  @Entity(name = "Citizen")
  @Audited
  static class Citizen {
    @Id Integer id;

    @OneToOne(cascade = CascadeType.ALL, orphanRemoval = true)
    Passport passport;

    @OneToOne
    @JoinTable(name = "citizen_town")
    Town town;

    static List<Kind<?>> kinds() {
      return List.of(
          Kind.of(
                  "one-to-one both ways, cascade, orphan removal",
                  Citizen.class,
                  (em, n) -> {
                    Citizen made = new Citizen();
                    made.id = n;
                    made.passport = Passport.make("a" + n);
                    made.passport.holder = made;
                    return made;
                  },
                  "{}")
              .persisting("persist Passport/a$n {}", "persist Citizen/$n {\"passport\":\"a$n\"}")
              .transaction(
                  "replace",
                  (em, e, n) -> e.passport = Passport.make("b" + n),
                  "update Citizen/$n {\"passport\":\"b$n\"}",
                  "persist Passport/b$n {}",
                  "remove Passport/a$n {}")
              .transaction(
                  "to null",
                  (em, e, n) -> e.passport = null,
                  "update Citizen/$n {\"passport\":null}",
                  "remove Passport/a$n {}")
              .limit(
                  Variant.HIBERNATE_ENHANCED,
                  "\"orphanRemoval does not work when bytecode enhancement is enabled\" (HHH-16756, Hibernate pull request 7114, open): the orphan is deleted before the reference to it is taken out, which the foreign key refuses")
              .removing(
                  (em, e, n) -> em.remove(e), "remove Citizen/$n {}", "remove Passport/a$n {}"),
          Kind.of(
                  "one-to-one by a join table",
                  Citizen.class,
                  (em, n) -> {
                    Citizen made = new Citizen();
                    made.id = n;
                    made.town = Town.persisted(em, "ca" + n);
                    Town.persisted(em, "cb" + n);
                    return made;
                  },
                  "{\"town\":\"ca$n\"}")
              .change(
                  "replace",
                  (em, e, n) -> e.town = em.find(Town.class, "cb" + n),
                  "{\"town\":\"cb$n\"}")
              .change("to null", e -> e.town = null, "{\"town\":null}"));
    }
  }

  @Entity(name = "Branch")
  @Audited
  static class Branch {
    @Id String id;
    @ManyToOne Tree tree;
    String name;

    static Branch make(String id) {
      Branch made = new Branch();
      made.id = id;
      return made;
    }

    void growOn(Tree other) {
      tree = other;
    }
  }

  @Entity(name = "Tree")
  @Audited
  static class Tree {
    @Id Integer id;

    @OneToMany(mappedBy = "tree", cascade = CascadeType.ALL, orphanRemoval = true)
    Set<Branch> branches = new HashSet<>();

    static Kind<Tree> kind() {
      return Kind.of(
              "one-to-many, mapped by the other side, cascade, orphan removal",
              Tree.class,
              (em, n) -> {
                Tree made = new Tree();
                made.id = n;
                made.grow("a" + n);
                made.grow("b" + n);
                return made;
              },
              "{}")
          .persisting(
              "persist Tree/$n {}",
              "persist Branch/a$n {\"tree\":$n}",
              "persist Branch/b$n {\"tree\":$n}")
          .transaction("add", (em, e, n) -> e.grow("c" + n), "persist Branch/c$n {\"tree\":$n}")
          .transaction(
              "take one out",
              (em, e, n) -> e.branches.removeIf(each -> each.id.equals("a" + n)),
              "remove Branch/a$n {}")
          .transaction(
              "clear",
              (em, e, n) -> e.branches.clear(),
              "remove Branch/a$n {}",
              "remove Branch/b$n {}")
          .removing(
              (em, e, n) -> em.remove(e),
              "remove Tree/$n {}",
              "remove Branch/a$n {}",
              "remove Branch/b$n {}");
    }

    private void grow(String branch) {
      Branch made = Branch.make(branch);
      made.growOn(this);
      branches.add(made);
    }
  }

  @Entity(name = "Plant")
  static class PlantPart {
    @Id String id;

    static PlantPart persisted(EntityManager em, String id) {
      PlantPart made = new PlantPart();
      made.id = id;
      em.persist(made);
      return made;
    }
  }

  @Entity(name = "Bush")
  @Audited
  static class Bush {
    @Id Integer id;

    @OneToMany
    @JoinColumn(name = "bush_id")
    Set<PlantPart> byColumn = new HashSet<>();

    @OneToMany
    @JoinColumn(name = "bush_in_order")
    @OrderColumn(name = "place_on_bush")
    List<PlantPart> inOrder = new ArrayList<>();

    @OneToMany
    @JoinTable(name = "bush_part")
    List<PlantPart> byTable = new ArrayList<>();

    @ManyToMany
    @JoinTable(name = "bush_many_list")
    List<PlantPart> manyList = new ArrayList<>();

    @ManyToMany
    @JoinTable(name = "bush_many_set")
    Set<PlantPart> manySet = new HashSet<>();

    @ManyToMany
    @JoinTable(name = "bush_many_order")
    @OrderColumn(name = "place")
    List<PlantPart> manyOrder = new ArrayList<>();

    @ManyToMany
    @JoinTable(name = "bush_friend")
    Set<Bush> friends = new HashSet<>();

    static List<Kind<?>> kinds() {
      return List.of(
          kind(
                  "one-to-many by a column of the other table",
                  (e, parts) -> e.byColumn.addAll(parts),
                  "\"byColumn\":[\"a$n\",\"b$n\"]")
              .change(
                  "add",
                  (em, e, n) -> e.byColumn.add(part(em, "c", n)),
                  "{\"byColumn\":[\"a$n\",\"b$n\",\"c$n\"]}")
              .change(
                  "remove",
                  (em, e, n) -> e.byColumn.remove(part(em, "a", n)),
                  "{\"byColumn\":[\"b$n\"]}")
              .change("clear", (em, e, n) -> e.byColumn.clear(), "{\"byColumn\":[]}")
              .noChange("replace by an equal set", e -> e.byColumn = new HashSet<>(e.byColumn)),
          kind(
                  "one-to-many by a column of the other table, in order",
                  (e, parts) -> e.inOrder.addAll(parts),
                  "\"inOrder\":[\"a$n\",\"b$n\"]")
              .change(
                  "add first",
                  (em, e, n) -> e.inOrder.add(0, part(em, "c", n)),
                  "{\"inOrder\":[\"c$n\",\"a$n\",\"b$n\"]}")
              .change(
                  "move",
                  (em, e, n) -> e.inOrder.add(e.inOrder.remove(0)),
                  "{\"inOrder\":[\"b$n\",\"a$n\"]}")
              .change("remove", (em, e, n) -> e.inOrder.remove(0), "{\"inOrder\":[\"b$n\"]}"),
          kind(
                  "one-to-many by a join table",
                  (e, parts) -> e.byTable.addAll(parts),
                  "\"byTable\":[\"a$n\",\"b$n\"]")
              .change(
                  "add",
                  (em, e, n) -> e.byTable.add(part(em, "c", n)),
                  "{\"byTable\":[\"a$n\",\"b$n\",\"c$n\"]}")
              .change(
                  "remove",
                  (em, e, n) -> e.byTable.remove(part(em, "a", n)),
                  "{\"byTable\":[\"b$n\"]}")
              .noChange("reorder, which is not stored", e -> e.byTable.add(e.byTable.remove(0))),
          kind(
                  "many-to-many, list",
                  (e, parts) -> e.manyList.addAll(parts),
                  "\"manyList\":[\"a$n\",\"b$n\"]")
              .change(
                  "add",
                  (em, e, n) -> e.manyList.add(part(em, "c", n)),
                  "{\"manyList\":[\"a$n\",\"b$n\",\"c$n\"]}")
              .change("clear", (em, e, n) -> e.manyList.clear(), "{\"manyList\":[]}"),
          kind(
                  "many-to-many, set",
                  (e, parts) -> e.manySet.addAll(parts),
                  "\"manySet\":[\"a$n\",\"b$n\"]")
              .change(
                  "replace one",
                  (em, e, n) -> {
                    e.manySet.remove(part(em, "a", n));
                    e.manySet.add(part(em, "c", n));
                  },
                  "{\"manySet\":[\"b$n\",\"c$n\"]}")
              .change(
                  "replace the set",
                  (em, e, n) -> e.manySet = new HashSet<>(Set.of(part(em, "c", n))),
                  "{\"manySet\":[\"c$n\"]}")
              .noChange(
                  "clear and add again",
                  e -> {
                    List<PlantPart> all = new ArrayList<>(e.manySet);
                    e.manySet.clear();
                    e.manySet.addAll(all);
                  }),
          kind(
                  "many-to-many, in order",
                  (e, parts) -> e.manyOrder.addAll(parts),
                  "\"manyOrder\":[\"a$n\",\"b$n\"]")
              .change(
                  "move",
                  (em, e, n) -> e.manyOrder.add(e.manyOrder.remove(0)),
                  "{\"manyOrder\":[\"b$n\",\"a$n\"]}"),
          kind("many-to-many to its own type", (e, parts) -> e.friends.add(e), "\"friends\":[$n]")
              .change("remove", (em, e, n) -> e.friends.clear(), "{\"friends\":[]}"));
    }

    private static Kind<Bush> kind(
        String name, BiConsumer<Bush, List<PlantPart>> fill, String json) {
      return Kind.of(
          name,
          Bush.class,
          (em, n) -> {
            Bush made = new Bush();
            made.id = n;
            PlantPart.persisted(em, "c" + n);
            fill.accept(
                made, List.of(PlantPart.persisted(em, "b" + n), PlantPart.persisted(em, "a" + n)));
            if (name.endsWith("in order")) {
              Collections.reverse(made.inOrder);
              Collections.reverse(made.manyOrder);
            }
            return made;
          },
          "{" + json + "}");
    }

    private static PlantPart part(EntityManager em, String letter, int n) {
      return em.find(PlantPart.class, letter + n);
    }
  }

  @Entity(name = "Pupil")
  @Audited
  static class Pupil {
    @Id String id;

    @ManyToMany(mappedBy = "pupils")
    Set<Course> courses = new HashSet<>();

    static Pupil persisted(EntityManager em, String id) {
      Pupil made = new Pupil();
      made.id = id;
      em.persist(made);
      return made;
    }
  }

  @Entity(name = "Course")
  @Audited
  static class Course {
    @Id Integer id;

    @ManyToMany
    @JoinTable(name = "course_pupil")
    Set<Pupil> pupils = new HashSet<>();

    static Kind<Course> kind() {
      return Kind.of(
              "many-to-many both ways",
              Course.class,
              (em, n) -> {
                Course made = new Course();
                made.id = n;
                Pupil.persisted(em, "a" + n);
                return made;
              },
              "{}")
          .persisting("persist Pupil/a$n {}", "persist Course/$n {}")
          .change(
              "both sides",
              (em, e, n) -> {
                Pupil pupil = em.find(Pupil.class, "a" + n);
                e.pupils.add(pupil);
                pupil.courses.add(e);
              },
              "{\"pupils\":[\"a$n\"]}")
          .transaction(
              "the side that stores nothing",
              (em, e, n) -> em.find(Pupil.class, "a" + n).courses.add(e));
    }
  }

  @Override
  public String title() {
    return "Relations";
  }

  @Override
  public List<Kind<?>> kinds() {
    return Kinds.list(Traveller.kinds(), Citizen.kinds(), Tree.kind(), Bush.kinds(), Course.kind());
  }
}
