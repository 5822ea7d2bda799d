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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.annotations.AnyDiscriminator;
import org.hibernate.annotations.AnyDiscriminatorValue;
import org.hibernate.annotations.AnyKeyJavaClass;
import org.hibernate.annotations.ManyToAny;

/** Collections of references to entities of several types: {@code @ManyToAny} of Hibernate. */
public final class AnyCollections implements Kinds {
  static final String ONE_TARGET =
      "a collection of entities has one target entity (Jakarta Persistence 3.1 §11.1.40); EclipseLink's own @VariableOneToOne is for single references";

  interface Animal {}

  @Entity(name = "Hen")
  static class Hen implements Animal {
    @Id Integer id;

    static Hen persisted(EntityManager em, int id) {
      Hen made = new Hen();
      made.id = id;
      em.persist(made);
      return made;
    }
  }

  @Entity(name = "Goat")
  static class Goat implements Animal {
    @Id Integer id;

    static Goat persisted(EntityManager em, int id) {
      Goat made = new Goat();
      made.id = id;
      em.persist(made);
      return made;
    }
  }

  @Entity(name = "Farm")
  @Audited
  static class Farm {
    @Id Integer id;

    @ManyToAny
    @AnyDiscriminator(DiscriminatorType.STRING)
    @AnyDiscriminatorValue(discriminator = "hen", entity = Hen.class)
    @AnyDiscriminatorValue(discriminator = "goat", entity = Goat.class)
    @AnyKeyJavaClass(Integer.class)
    @Column(name = "animal_type")
    @JoinTable(
        name = "farm_animal",
        joinColumns = @JoinColumn(name = "farm_id"),
        inverseJoinColumns = @JoinColumn(name = "animal_id"))
    Set<Animal> animals = new HashSet<>();

    static Kind<Farm> kind() {
      return Kind.of(
              "collection of references to entities of several types",
              Farm.class,
              (em, n) -> {
                Farm made = new Farm();
                made.id = n;
                made.animals.add(Hen.persisted(em, n));
                Goat.persisted(em, n);
                return made;
              },
              "{\"animals\":[{\"type\":\"Hen\",\"id\":$n}]}")
          .change(
              "add one of another type",
              (em, e, n) -> e.animals.add(em.find(Goat.class, n)),
              "{\"animals\":[{\"type\":\"Goat\",\"id\":$n},{\"type\":\"Hen\",\"id\":$n}]}")
          .restoreLimit(
              JpaProvider.HIBERNATE,
              "Hibernate asks for both columns of a row of a @ManyToAny and gets the first twice (DiscriminatedCollectionPart.getSelectable), so it cannot delete one by them: UnknownParameterException")
          .change("clear", e -> e.animals.clear(), "{\"animals\":[]}")
          .never(JpaProvider.ECLIPSELINK, ONE_TARGET);
    }
  }

  @Override
  public String title() {
    return "Collections of references to entities of several types";
  }

  @Override
  public List<Kind<?>> kinds() {
    return List.of(Farm.kind());
  }
}
