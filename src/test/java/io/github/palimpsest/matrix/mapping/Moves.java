package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderBy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Relations whose targets change places, and entities that come back from outside. */
public final class Moves implements Kinds {
  @Entity(name = "Stable")
  @Audited
  static class Stable {
    @Id String id;

    @OneToMany(mappedBy = "stable", cascade = CascadeType.ALL)
    @OrderBy("name desc")
    List<Pony> ponies = new ArrayList<>();

    static Stable persisted(EntityManager em, String id) {
      Stable made = new Stable();
      made.id = id;
      em.persist(made);
      return made;
    }
  }

  @Entity(name = "Pony")
  @Audited
  static class Pony {
    @Id Integer id;
    String name;
    @ManyToOne Stable stable;

    void moveTo(Stable other) {
      stable.ponies.remove(this);
      stable = other;
      other.ponies.add(this);
    }

    static Kind<Pony> kind() {
      return Kind.of(
              "one-to-many with @OrderBy, from the other side",
              Pony.class,
              (em, n) -> {
                Pony made = new Pony();
                made.id = n;
                made.name = "p";
                made.stable = Stable.persisted(em, "a" + n);
                made.stable.ponies.add(made);
                Stable.persisted(em, "b" + n);
                return made;
              },
              "{\"name\":\"p\",\"stable\":\"a$n\"}")
          .persisting(
              "persist Stable/a$n {}",
              "persist Stable/b$n {}",
              "persist Pony/$n {\"name\":\"p\",\"stable\":\"a$n\"}")
          .change(
              "to another owner",
              (em, e, n) -> e.moveTo(em.find(Stable.class, "b" + n)),
              "{\"stable\":\"b$n\"}")
          .change("what it is ordered by", e -> e.name = "z", "{\"name\":\"z\"}")
          .removing(
              (em, e, n) -> {
                e.stable.ponies.remove(e);
                em.remove(e);
              },
              "remove Pony/$n {}");
    }
  }

  @Entity(name = "Rider")
  static class Rider {
    @Id String id;

    static Rider persisted(EntityManager em, String id) {
      Rider made = new Rider();
      made.id = id;
      em.persist(made);
      return made;
    }
  }

  @Entity(name = "Race")
  @Audited
  static class Race {
    @Id Integer id;
    String name;
    @OneToOne Rider first;
    @OneToOne Rider second;

    @ElementCollection
    @Column(name = "element")
    Set<String> rules = new HashSet<>();

    @ManyToMany
    @JoinTable(name = "race_rider")
    Set<Rider> riders = new HashSet<>();

    static List<Kind<?>> kinds() {
      return List.of(
          kind("one-to-one, one way")
              .change(
                  "replace",
                  (em, e, n) -> e.first = Rider.persisted(em, "c" + n),
                  "{\"first\":\"c$n\"}")
              .change(
                  "exchange two",
                  e -> {
                    Rider first = e.first;
                    e.first = e.second;
                    e.second = first;
                  },
                  "{\"first\":\"b$n\",\"second\":\"a$n\"}")
              .change("to null", e -> e.first = null, "{\"first\":null}"),
          kind("entity that was detached")
              .transaction("merge", (em, e, n) -> merged(em, e, it -> {}))
              .change(
                  "attribute, and merge",
                  (em, e, n) -> merged(em, e, it -> it.name = "x"),
                  "{\"name\":\"x\"}")
              .change(
                  "collections, and merge",
                  (em, e, n) -> {
                    Rider rider = em.find(Rider.class, "b" + n);
                    merged(
                        em,
                        e,
                        it -> {
                          it.rules = new HashSet<>(Set.of("s", "t"));
                          it.riders = new HashSet<>(Set.of(rider));
                        });
                  },
                  "{\"riders\":[\"b$n\"],\"rules\":[\"s\",\"t\"]}")
              .change(
                  "reference, and merge",
                  (em, e, n) -> {
                    Rider rider = em.find(Rider.class, "b" + n);
                    merged(em, e, it -> it.first = rider);
                  },
                  "{\"first\":\"b$n\"}"));
    }

    private static void merged(EntityManager em, Race race, Consumer<Race> change) {
      race.rules.forEach(each -> {});
      race.riders.forEach(each -> {});
      em.detach(race);
      change.accept(race);
      em.merge(race);
    }

    private static Kind<Race> kind(String name) {
      return Kind.of(
          name,
          Race.class,
          (em, n) -> {
            Race made = new Race();
            made.id = n;
            made.first = Rider.persisted(em, "a" + n);
            made.second = Rider.persisted(em, "b" + n);
            made.rules.add("r");
            made.riders.add(made.first);
            return made;
          },
          "{\"first\":\"a$n\",\"riders\":[\"a$n\"],\"rules\":[\"r\"],\"second\":\"b$n\"}");
    }
  }

  @Override
  public String title() {
    return "Relations that change places, entities that come back";
  }

  @Override
  public List<Kind<?>> kinds() {
    return Kinds.list(Pony.kind(), Race.kinds());
  }
}
