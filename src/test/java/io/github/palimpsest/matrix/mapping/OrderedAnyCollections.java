package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import io.github.palimpsest.testing.JpaProvider;
import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorType;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.OrderColumn;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.AnyDiscriminator;
import org.hibernate.annotations.AnyDiscriminatorValue;
import org.hibernate.annotations.AnyKeyJavaClass;
import org.hibernate.annotations.ManyToAny;

/** {@code @ManyToAny} of Hibernate in an order, whose rows it deletes by their place. */
public final class OrderedAnyCollections implements Kinds {
  interface Vehicle {}

  @Entity(name = "Tram")
  static class Tram implements Vehicle {
    @Id Integer id;

    static Tram persisted(EntityManager em, int id) {
      Tram made = new Tram();
      made.id = id;
      em.persist(made);
      return made;
    }
  }

  @Entity(name = "Ferry")
  static class Ferry implements Vehicle {
    @Id Integer id;

    static Ferry persisted(EntityManager em, int id) {
      Ferry made = new Ferry();
      made.id = id;
      em.persist(made);
      return made;
    }
  }

  @Entity(name = "Route")
  @Audited
  static class Route {
    @Id Integer id;

    @ManyToAny
    @AnyDiscriminator(DiscriminatorType.STRING)
    @AnyDiscriminatorValue(discriminator = "tram", entity = Tram.class)
    @AnyDiscriminatorValue(discriminator = "ferry", entity = Ferry.class)
    @AnyKeyJavaClass(Integer.class)
    @Column(name = "vehicle_type")
    @OrderColumn(name = "place")
    @JoinTable(
        name = "route_vehicle",
        joinColumns = @JoinColumn(name = "route_id"),
        inverseJoinColumns = @JoinColumn(name = "vehicle_id"))
    List<Vehicle> vehicles = new ArrayList<>();

    static Kind<Route> kind() {
      return Kind.of(
              "list of references to entities of several types",
              Route.class,
              (em, n) -> {
                Route made = new Route();
                made.id = n;
                made.vehicles.add(Tram.persisted(em, n));
                Ferry.persisted(em, n);
                return made;
              },
              "{\"vehicles\":[{\"type\":\"Tram\",\"id\":$n}]}")
          .change(
              "add one of another type",
              (em, e, n) -> e.vehicles.add(0, em.find(Ferry.class, n)),
              "{\"vehicles\":[{\"type\":\"Ferry\",\"id\":$n},{\"type\":\"Tram\",\"id\":$n}]}")
          .change("take it out", e -> e.vehicles.remove(0), "{\"vehicles\":[]}")
          .never(JpaProvider.ECLIPSELINK, AnyCollections.ONE_TARGET);
    }
  }

  @Override
  public String title() {
    return "Lists of references to entities of several types";
  }

  @Override
  public List<Kind<?>> kinds() {
    return List.of(Route.kind());
  }
}
