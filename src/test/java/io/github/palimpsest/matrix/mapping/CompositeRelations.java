package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import jakarta.persistence.CascadeType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Relations and element collections between entities with composite keys. */
public final class CompositeRelations implements Kinds {
  @Embeddable
  public static class Registration implements Serializable {
    private static final long serialVersionUID = 1L;

    String country;
    int serial;

    public Registration() {}

    Registration(String country, int serial) {
      this.country = country;
      this.serial = serial;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Registration it
          && Objects.equals(country, it.country)
          && serial == it.serial;
    }

    @Override
    public int hashCode() {
      return Objects.hash(country, serial);
    }
  }

  public static class PortId implements Serializable {
    private static final long serialVersionUID = 1L;

    String coast;
    int berth;

    public PortId() {}

    PortId(String coast, int berth) {
      this.coast = coast;
      this.berth = berth;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof PortId it && Objects.equals(coast, it.coast) && berth == it.berth;
    }

    @Override
    public int hashCode() {
      return Objects.hash(coast, berth);
    }
  }

  @Entity(name = "Port")
  @IdClass(PortId.class)
  static class Port {
    @Id String coast;
    @Id int berth;

    static Port persisted(EntityManager em, String coast, int berth) {
      Port made = new Port();
      made.coast = coast;
      made.berth = berth;
      em.persist(made);
      return made;
    }
  }

  @Entity(name = "Crate")
  @Audited
  static class Crate {
    @EmbeddedId Registration id;

    @ManyToOne
    @JoinColumn(name = "ship_country", referencedColumnName = "country")
    @JoinColumn(name = "ship_serial", referencedColumnName = "serial")
    Ship ship;

    static Crate of(int serial) {
      Crate made = new Crate();
      made.id = new Registration("CL", serial);
      return made;
    }
  }

  @Entity(name = "Ship")
  @Audited
  static class Ship {
    @EmbeddedId Registration id;

    @ManyToMany
    @JoinTable(
        name = "ship_calls",
        joinColumns = {
          @JoinColumn(name = "ship_country", referencedColumnName = "country"),
          @JoinColumn(name = "ship_serial", referencedColumnName = "serial")
        },
        inverseJoinColumns = {
          @JoinColumn(name = "port_coast", referencedColumnName = "coast"),
          @JoinColumn(name = "port_berth", referencedColumnName = "berth")
        })
    Set<Port> calls = new HashSet<>();

    @ManyToMany
    @JoinTable(
        name = "ship_route",
        joinColumns = {
          @JoinColumn(name = "ship_country", referencedColumnName = "country"),
          @JoinColumn(name = "ship_serial", referencedColumnName = "serial")
        },
        inverseJoinColumns = {
          @JoinColumn(name = "port_coast", referencedColumnName = "coast"),
          @JoinColumn(name = "port_berth", referencedColumnName = "berth")
        })
    @OrderColumn(name = "place")
    List<Port> route = new ArrayList<>();

    @ManyToMany
    @JoinTable(
        name = "ship_agency",
        joinColumns = {
          @JoinColumn(name = "ship_country", referencedColumnName = "country"),
          @JoinColumn(name = "ship_serial", referencedColumnName = "serial")
        },
        inverseJoinColumns = {
          @JoinColumn(name = "port_coast", referencedColumnName = "coast"),
          @JoinColumn(name = "port_berth", referencedColumnName = "berth")
        })
    @MapKeyColumn(name = "agent")
    Map<String, Port> agencies = new HashMap<>();

    @OneToMany(mappedBy = "ship", cascade = CascadeType.ALL, orphanRemoval = true)
    List<Crate> crates = new ArrayList<>();

    @OneToMany
    @JoinColumn(name = "owner_country", referencedColumnName = "country")
    @JoinColumn(name = "owner_serial", referencedColumnName = "serial")
    Set<Boat> boats = new HashSet<>();

    @ElementCollection
    @CollectionTable(
        name = "ship_flags",
        joinColumns = {
          @JoinColumn(name = "ship_country", referencedColumnName = "country"),
          @JoinColumn(name = "ship_serial", referencedColumnName = "serial")
        })
    @Column(name = "element")
    Set<String> flags = new HashSet<>();

    static List<Kind<?>> kinds() {
      return List.of(
          kind(
                  "many-to-many, set",
                  (em, e, n) -> e.calls.add(Port.persisted(em, "a", n)),
                  "\"calls\":[{\"berth\":$n,\"coast\":\"a\"}]")
              .change(
                  "add",
                  (em, e, n) -> e.calls.add(Port.persisted(em, "b", n)),
                  "{\"calls\":[{\"berth\":$n,\"coast\":\"a\"},{\"berth\":$n,\"coast\":\"b\"}]}")
              .change("clear", e -> e.calls.clear(), "{\"calls\":[]}"),
          kind(
                  "many-to-many, in order",
                  (em, e, n) -> {
                    e.route.add(Port.persisted(em, "b", n));
                    e.route.add(Port.persisted(em, "a", n));
                  },
                  "\"route\":[{\"berth\":$n,\"coast\":\"b\"},{\"berth\":$n,\"coast\":\"a\"}]")
              .change(
                  "move",
                  e -> e.route.add(e.route.remove(0)),
                  "{\"route\":[{\"berth\":$n,\"coast\":\"a\"},{\"berth\":$n,\"coast\":\"b\"}]}"),
          kind(
                  "map of entities",
                  (em, e, n) -> e.agencies.put("k", Port.persisted(em, "a", n)),
                  "\"agencies\":{\"k\":{\"berth\":$n,\"coast\":\"a\"}}")
              .change(
                  "replace a value",
                  (em, e, n) -> e.agencies.put("k", Port.persisted(em, "b", n)),
                  "{\"agencies\":{\"k\":{\"berth\":$n,\"coast\":\"b\"}}}")
              .change("remove an entry", e -> e.agencies.clear(), "{\"agencies\":{}}"),
          kind(
                  "one-to-many by columns of the other table",
                  (em, e, n) -> e.boats.add(Boat.persisted(em, n)),
                  "\"boats\":[{\"country\":\"CL\",\"serial\":$n}]")
              .change(
                  "add",
                  (em, e, n) -> e.boats.add(Boat.persisted(em, -n)),
                  "{\"boats\":[{\"country\":\"CL\",\"serial\":-$n},{\"country\":\"CL\",\"serial\":$n}]}")
              .change("clear", e -> e.boats.clear(), "{\"boats\":[]}"),
          kind("one-to-many, mapped by the other side", (em, e, n) -> {}, "")
              .transaction(
                  "add",
                  (em, e, n) -> {
                    Crate made = Crate.of(n);
                    made.ship = e;
                    e.crates.add(made);
                  },
                  "persist Crate/{\"country\":\"CL\",\"serial\":$n} {\"id\":{\"country\":\"CL\",\"serial\":$n},\"ship\":{\"country\":\"CL\",\"serial\":$n}}"),
          kind("element collection", (em, e, n) -> e.flags.add("a"), "\"flags\":[\"a\"]")
              .change("add", e -> e.flags.add("b"), "{\"flags\":[\"a\",\"b\"]}")
              .change("clear", e -> e.flags.clear(), "{\"flags\":[]}"));
    }

    private static Kind<Ship> kind(String name, Kind.Work<Ship> fill, String json) {
      String id = "{\"country\":\"CL\",\"serial\":$n}";
      return Kind.of(
          name,
          Ship.class,
          (em, n) -> {
            Ship made = new Ship();
            made.id = new Registration("CL", n);
            fill.on(em, made, n);
            return made;
          },
          id,
          "{\"id\":%s%s%s}".formatted(id, json.isEmpty() ? "" : ",", json));
    }
  }

  @Entity(name = "Boat")
  static class Boat {
    @EmbeddedId Registration id;

    static Boat persisted(EntityManager em, int serial) {
      Boat made = new Boat();
      made.id = new Registration("CL", serial);
      em.persist(made);
      return made;
    }
  }

  @Override
  public String title() {
    return "Relations of entities with composite keys";
  }

  @Override
  public List<Kind<?>> kinds() {
    return Ship.kinds();
  }
}
