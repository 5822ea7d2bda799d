package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
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
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/** Composite and derived ids. */
public final class CompositeIds implements Kinds {
  @Embeddable
  public static class Region implements Serializable {
    private static final long serialVersionUID = 1L;

    String country;
    int area;

    public Region() {}

    Region(String country, int area) {
      this.country = country;
      this.area = area;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Region it && Objects.equals(country, it.country) && area == it.area;
    }

    @Override
    public int hashCode() {
      return Objects.hash(country, area);
    }
  }

  @Embeddable
  public static class ShopId implements Serializable {
    private static final long serialVersionUID = 1L;

    Region region;
    LocalDate opened;

    public ShopId() {}

    ShopId(Region region, LocalDate opened) {
      this.region = region;
      this.opened = opened;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ShopId it
          && Objects.equals(region, it.region)
          && Objects.equals(opened, it.opened);
    }

    @Override
    public int hashCode() {
      return Objects.hash(region, opened);
    }
  }

  @Entity(name = "Market")
  @Audited
  static class Market {
    @EmbeddedId Region id;
    String name;

    @ManyToOne
    @JoinColumn(name = "next_country", referencedColumnName = "country")
    @JoinColumn(name = "next_area", referencedColumnName = "area")
    Market next;

    static Kind<Market> kind() {
      return Kind.of(
              "@EmbeddedId",
              Market.class,
              (em, n) -> {
                em.persist(make("o'\"/", n));
                return make("CL", n);
              },
              "{\"area\":$n,\"country\":\"CL\"}",
              "{}")
          .persisting(
              "persist Market/{\"area\":$n,\"country\":\"CL\"} {\"id\":{\"area\":$n,\"country\":\"CL\"}}",
              "persist Market/{\"area\":$n,\"country\":\"o'\\\"/\"} {\"id\":{\"area\":$n,\"country\":\"o'\\\"/\"}}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\"}")
          .change(
              "a reference by such an id",
              (em, e, n) -> e.next = em.find(Market.class, new Region("o'\"/", n)),
              "{\"next\":{\"area\":$n,\"country\":\"o'\\\"/\"}}");
    }

    private static Market make(String country, int n) {
      Market made = new Market();
      made.id = new Region(country, n);
      return made;
    }
  }

  @Entity(name = "Shop")
  @Audited
  static class Shop {
    @EmbeddedId ShopId id;
    String name;

    static Kind<Shop> kind() {
      return Kind.of(
              "@EmbeddedId, nested, with a date",
              Shop.class,
              (em, n) -> {
                Shop made = new Shop();
                made.id = new ShopId(new Region("CL", n), LocalDate.of(2020, 1, 1));
                return made;
              },
              "{\"opened\":\"2020-01-01\",\"region\":{\"area\":$n,\"country\":\"CL\"}}",
              "{}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\"}");
    }
  }

  public static class SeatId implements Serializable {
    private static final long serialVersionUID = 1L;

    char letter;
    int line;

    public SeatId() {}

    SeatId(int line, char letter) {
      this.line = line;
      this.letter = letter;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof SeatId it && line == it.line && letter == it.letter;
    }

    @Override
    public int hashCode() {
      return Objects.hash(line, letter);
    }
  }

  @Entity(name = "Seat")
  @Audited
  @IdClass(SeatId.class)
  static class Seat {
    @Id int line;
    @Id char letter;
    String guest;

    @ManyToOne
    @JoinColumn(name = "next_line", referencedColumnName = "line")
    @JoinColumn(name = "next_letter", referencedColumnName = "letter")
    Seat neighbour;

    static Kind<Seat> kind() {
      return Kind.of(
              "@IdClass",
              Seat.class,
              (em, n) -> make(n, 'a'),
              "{\"letter\":\"a\",\"line\":$n}",
              "{\"letter\":\"a\",\"line\":$n}")
          .change("an attribute", e -> e.guest = "x", "{\"guest\":\"x\"}")
          .transaction(
              "a reference by such an id",
              (em, e, n) -> {
                e.neighbour = make(n, '"');
                em.persist(e.neighbour);
              },
              "update Seat/{\"letter\":\"a\",\"line\":$n} {\"neighbour\":{\"letter\":\"\\\"\",\"line\":$n}}",
              "persist Seat/{\"letter\":\"\\\"\",\"line\":$n} {\"letter\":\"\\\"\",\"line\":$n}");
    }

    private static Seat make(int n, char letter) {
      Seat made = new Seat();
      made.line = n;
      made.letter = letter;
      return made;
    }
  }

  @Entity(name = "Hall")
  @Audited
  static class Hall {
    @Id String id;
    String name;

    static Hall persisted(EntityManager em, String id) {
      Hall made = new Hall();
      made.id = id;
      em.persist(made);
      return made;
    }
  }

  public static class RowId implements Serializable {
    private static final long serialVersionUID = 1L;

    String hall;
    int number;

    public RowId() {}

    @Override
    public boolean equals(Object other) {
      return other instanceof RowId it && Objects.equals(hall, it.hall) && number == it.number;
    }

    @Override
    public int hashCode() {
      return Objects.hash(hall, number);
    }
  }

  @Entity(name = "HallRow")
  @Audited
  @IdClass(RowId.class)
  static class HallRow {
    @Id @ManyToOne Hall hall;
    @Id int number;
    String name;

    static Kind<HallRow> kind() {
      return Kind.of(
              "@IdClass with a relation",
              HallRow.class,
              (em, n) -> {
                HallRow made = new HallRow();
                made.hall = Hall.persisted(em, "h" + n);
                made.number = 1;
                return made;
              },
              "{\"hall\":\"h$n\",\"number\":1}",
              "{}")
          .persisting(
              "persist Hall/h$n {}",
              "persist HallRow/{\"hall\":\"h$n\",\"number\":1} {\"hall\":\"h$n\",\"number\":1}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\"}");
    }
  }

  public static class ChairId implements Serializable {
    private static final long serialVersionUID = 1L;

    RowId line;
    int number;

    public ChairId() {}

    @Override
    public boolean equals(Object other) {
      return other instanceof ChairId it && Objects.equals(line, it.line) && number == it.number;
    }

    @Override
    public int hashCode() {
      return Objects.hash(line, number);
    }
  }

  @Entity(name = "Chair")
  @Audited
  @IdClass(ChairId.class)
  static class Chair {
    @Id
    @ManyToOne
    @JoinColumn(name = "line_hall", referencedColumnName = "hall_id")
    @JoinColumn(name = "line_number", referencedColumnName = "number")
    HallRow line;

    @Id int number;
    String name;

    static Kind<Chair> kind() {
      String id = "{\"line\":{\"hall\":\"h$n\",\"number\":1},\"number\":2}";
      return Kind.of(
              "@IdClass derived over two levels",
              Chair.class,
              (em, n) -> {
                HallRow row = new HallRow();
                row.hall = Hall.persisted(em, "h" + n);
                row.number = 1;
                em.persist(row);
                Chair made = new Chair();
                made.line = row;
                made.number = 2;
                return made;
              },
              id,
              "{}")
          .persisting(
              "persist Hall/h$n {}",
              "persist HallRow/{\"hall\":\"h$n\",\"number\":1} {\"hall\":\"h$n\",\"number\":1}",
              "persist Chair/" + id + " " + id)
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\"}");
    }
  }

  @Entity(name = "HallPlan")
  @Audited
  static class HallPlan {
    @Id String id;
    @MapsId @OneToOne Hall hall;
    String name;

    static Kind<HallPlan> kind() {
      return Kind.of(
              "@MapsId one-to-one",
              HallPlan.class,
              (em, n) -> {
                HallPlan made = new HallPlan();
                made.hall = Hall.persisted(em, "h" + n);
                return made;
              },
              "h$n",
              "{}")
          .persisting("persist Hall/h$n {}", "persist HallPlan/h$n {\"hall\":\"h$n\"}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\"}");
    }
  }

  @Entity(name = "HallKey")
  @Audited
  static class HallKey {
    @Id @OneToOne Hall hall;
    String name;

    static Kind<HallKey> kind() {
      return Kind.of(
              "one-to-one as the id",
              HallKey.class,
              (em, n) -> {
                HallKey made = new HallKey();
                made.hall = Hall.persisted(em, "h" + n);
                return made;
              },
              "h$n",
              "{}")
          .persisting("persist Hall/h$n {}", "persist HallKey/h$n {\"hall\":\"h$n\"}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\"}");
    }
  }

  @Embeddable
  public static class DoorId implements Serializable {
    private static final long serialVersionUID = 1L;

    String hall;
    int number;

    public DoorId() {}

    DoorId(int number) {
      this.number = number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof DoorId it && Objects.equals(hall, it.hall) && number == it.number;
    }

    @Override
    public int hashCode() {
      return Objects.hash(hall, number);
    }
  }

  @Entity(name = "Door")
  @Audited
  static class Door {
    @EmbeddedId DoorId id;

    @MapsId("hall")
    @ManyToOne
    Hall hall;

    String name;

    static Kind<Door> kind() {
      return Kind.of(
              "@MapsId of a part of an @EmbeddedId",
              Door.class,
              (em, n) -> {
                Door made = new Door();
                made.id = new DoorId(3);
                made.hall = Hall.persisted(em, "h" + n);
                return made;
              },
              "{\"hall\":\"h$n\",\"number\":3}",
              "{}")
          .persisting(
              "persist Hall/h$n {}",
              "persist Door/{\"hall\":\"h$n\",\"number\":3} {\"id\":{\"hall\":\"h$n\",\"number\":3},\"hall\":\"h$n\"}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\"}");
    }
  }

  @Override
  public String title() {
    return "Composite and derived ids";
  }

  @Override
  public List<Kind<?>> kinds() {
    return List.of(
        Market.kind(),
        Shop.kind(),
        Seat.kind(),
        HallRow.kind(),
        Chair.kind(),
        HallPlan.kind(),
        HallKey.kind(),
        Door.kind());
  }
}
