package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import io.github.palimpsest.testing.JpaProvider;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Ids that are derived from composite ids: Jakarta Persistence 3.1 §2.4.1.3, examples 2, 3 and 6.
 */
public final class DerivedIds implements Kinds {
  @Embeddable
  public static class HouseId implements Serializable {
    private static final long serialVersionUID = 1L;

    String street;
    int number;

    public HouseId() {}

    HouseId(String street, int number) {
      this.street = street;
      this.number = number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof HouseId it
          && Objects.equals(street, it.street)
          && number == it.number;
    }

    @Override
    public int hashCode() {
      return Objects.hash(street, number);
    }
  }

  @Entity(name = "House")
  @Audited
  static class House {
    @EmbeddedId HouseId id;

    static House persisted(EntityManager em, int n) {
      House made = new House();
      made.id = new HouseId("s" + n, 1);
      em.persist(made);
      return made;
    }
  }

  private static final String HOUSE = "{\"number\":1,\"street\":\"s$n\"}";
  private static final String MADE = "persist House/" + HOUSE + " {\"id\":" + HOUSE + "}";

  @Entity(name = "Deed")
  @Audited
  static class Deed {
    @EmbeddedId HouseId id;

    @MapsId
    @OneToOne
    @JoinColumn(name = "house_street", referencedColumnName = "street")
    @JoinColumn(name = "house_number", referencedColumnName = "number")
    House house;

    String text;

    static Kind<Deed> kind() {
      return Kind.of(
              "@MapsId of the whole @EmbeddedId",
              Deed.class,
              (em, n) -> {
                Deed made = new Deed();
                made.house = House.persisted(em, n);
                return made;
              },
              HOUSE,
              "{}")
          .persisting(
              MADE, "persist Deed/" + HOUSE + " {\"id\":" + HOUSE + ",\"house\":" + HOUSE + "}")
          .change("an attribute", e -> e.text = "x", "{\"text\":\"x\"}")
          .never(
              JpaProvider.ECLIPSELINK,
              "EclipseLink cannot tell the id of such an entity (PersistenceUnitUtil.getIdentifier: CMPPolicy.createPrimaryKeyInstance finds no mapping of its columns once a relation has made the whole embeddable read-only)");
    }
  }

  @Embeddable
  public static class FlatId implements Serializable {
    private static final long serialVersionUID = 1L;

    HouseId house;
    int floor;

    public FlatId() {}

    FlatId(int floor) {
      this.floor = floor;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof FlatId it && Objects.equals(house, it.house) && floor == it.floor;
    }

    @Override
    public int hashCode() {
      return Objects.hash(house, floor);
    }
  }

  @Entity(name = "Flat")
  @Audited
  static class Flat {
    @EmbeddedId FlatId id;

    @MapsId("house")
    @ManyToOne
    @JoinColumn(name = "house_street", referencedColumnName = "street")
    @JoinColumn(name = "house_number", referencedColumnName = "number")
    House house;

    String text;

    static Kind<Flat> kind() {
      String id = "{\"floor\":2,\"house\":" + HOUSE + "}";
      return Kind.of(
              "@MapsId of an embeddable in an @EmbeddedId",
              Flat.class,
              (em, n) -> {
                Flat made = new Flat();
                made.id = new FlatId(2);
                made.house = House.persisted(em, n);
                return made;
              },
              id,
              "{}")
          .persisting(MADE, "persist Flat/" + id + " {\"id\":" + id + ",\"house\":" + HOUSE + "}")
          .change("an attribute", e -> e.text = "x", "{\"text\":\"x\"}");
    }
  }

  public static class CellarId implements Serializable {
    private static final long serialVersionUID = 1L;

    HouseId house;
    int number;

    @Override
    public boolean equals(Object other) {
      return other instanceof CellarId it && Objects.equals(house, it.house) && number == it.number;
    }

    @Override
    public int hashCode() {
      return Objects.hash(house, number);
    }
  }

  @Entity(name = "Cellar")
  @Audited
  @IdClass(CellarId.class)
  static class Cellar {
    @Id
    @ManyToOne
    @JoinColumn(name = "house_street", referencedColumnName = "street")
    @JoinColumn(name = "house_number", referencedColumnName = "number")
    House house;

    @Id int number;
    String text;

    static Kind<Cellar> kind() {
      String id = "{\"house\":" + HOUSE + ",\"number\":5}";
      return Kind.of(
              "@IdClass with a relation to an entity with an @EmbeddedId",
              Cellar.class,
              (em, n) -> {
                Cellar made = new Cellar();
                made.house = House.persisted(em, n);
                made.number = 5;
                return made;
              },
              id,
              "{}")
          .persisting(MADE, "persist Cellar/" + id + " " + id)
          .change("an attribute", e -> e.text = "x", "{\"text\":\"x\"}");
    }
  }

  @Override
  public String title() {
    return "Ids derived from composite ids";
  }

  @Override
  public List<Kind<?>> kinds() {
    return List.of(Deed.kind(), Flat.kind(), Cellar.kind());
  }
}
