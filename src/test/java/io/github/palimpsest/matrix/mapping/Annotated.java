package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.NotAudited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.MappedSuperclass;
import java.util.List;

/** Where the library's own annotations stand. */
public final class Annotated implements Kinds {
  @MappedSuperclass
  @Audited
  abstract static class AuditedRoot {
    @Id Integer id;
    String inherited;
    @NotAudited String hidden;

    void set(String value, String secret) {
      inherited = value;
      hidden = secret;
    }
  }

  @Entity(name = "Heir")
  static class Heir extends AuditedRoot {
    String own;

    static Kind<Heir> kind() {
      return Kind.of(
              "@Audited on a mapped superclass",
              Heir.class,
              (em, n) -> {
                Heir made = new Heir();
                made.id = n;
                return made;
              },
              "{}")
          .change(
              "both",
              e -> {
                e.set("x", null);
                e.own = "y";
              },
              "{\"inherited\":\"x\",\"own\":\"y\"}")
          .noChange("inherited @NotAudited attribute", e -> e.set(null, "x"));
    }
  }

  @Entity(name = "Silent")
  @jakarta.persistence.Inheritance(strategy = InheritanceType.JOINED)
  static class Silent {
    @Id Integer id;
    String name;

    void rename(String other) {
      name = other;
    }

    static Silent make(int id) {
      Silent made = new Silent();
      made.id = id;
      return made;
    }
  }

  @Entity(name = "Loud")
  @Audited
  static class Loud extends Silent {
    String sound;

    static Kind<Loud> kind() {
      return Kind.of(
              "@Audited on a subclass only",
              Loud.class,
              (em, n) -> {
                Loud made = new Loud();
                made.id = n;
                return made;
              },
              "{}")
          .change(
              "both",
              e -> {
                e.rename("x");
                e.sound = "y";
              },
              "{\"name\":\"x\",\"sound\":\"y\"}")
          .transaction(
              "an entity of the superclass beside it",
              (em, e, n) -> {
                em.persist(Silent.make(-n));
              });
    }
  }

  @Override
  public String title() {
    return "Annotations in a hierarchy";
  }

  @Override
  public List<Kind<?>> kinds() {
    return List.of(Heir.kind(), Loud.kind());
  }
}
