package io.github.palimpsest.capture;

import io.github.palimpsest.Audited;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.SecondaryTable;
import java.io.Serializable;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hibernate.annotations.SQLRestriction;
import org.jspecify.annotations.Nullable;

/** Entities of every shape of key and inheritance. */
final class Zoo {
  private Zoo() {}

  @Entity(name = "Animal")
  @Audited
  @Inheritance(strategy = InheritanceType.JOINED)
  @DiscriminatorColumn(name = "dtype")
  static class Animal {
    @Id int id;
    @Nullable String name;
    char sign = ' ';
    float weight;
    @ManyToOne @Nullable Animal mother;
    @ManyToMany Set<Animal> friends = new HashSet<>();
  }

  @Entity(name = "Cat")
  @Audited
  static class Cat extends Animal {
    int lives;

    @ManyToOne
    @JoinColumn(name = "house", referencedColumnName = "house")
    @JoinColumn(name = "number", referencedColumnName = "number")
    @Nullable Cage cage;
  }

  @Entity(name = "Vehicle")
  @Audited
  @Inheritance(strategy = InheritanceType.SINGLE_TABLE)
  abstract static class Vehicle {
    @Id long id;
    @Nullable String name;
  }

  @Entity(name = "Cart")
  @Audited
  static class Cart extends Vehicle {
    int wheels;

    @OneToMany
    @JoinColumn(name = "cart_id")
    @OrderColumn(name = "place")
    List<Visitor> visitors = new ArrayList<>();
  }

  @Embeddable
  static class CageId implements Serializable {
    private static final long serialVersionUID = 1L;

    @Nullable String house;
    int number;

    CageId() {}

    CageId(String house, int number) {
      this.house = house;
      this.number = number;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof CageId id && Objects.equals(house, id.house) && number == id.number;
    }

    @Override
    public int hashCode() {
      return Objects.hash(house, number);
    }
  }

  @Embeddable
  static class Size {
    @Nullable Integer width;
    @Embedded @Nullable Floor floor;
  }

  @Embeddable
  static class Floor {
    @Column(name = "floor_kind")
    @Nullable String kind;

    @Column(name = "floor_level")
    @Nullable Short level;
  }

  @Entity(name = "Cage")
  @Audited
  @SecondaryTable(name = "cage_note")
  static class Cage {
    @EmbeddedId @Nullable CageId id;
    @Embedded @Nullable Size size;

    @Column(table = "cage_note")
    @Nullable String note;

    @ElementCollection
    @CollectionTable(
        name = "cage_doors",
        joinColumns = {
          @JoinColumn(name = "house", referencedColumnName = "house"),
          @JoinColumn(name = "number", referencedColumnName = "number")
        })
    Map<Integer, Size> doors = new HashMap<>();
  }

  static class VisitorId implements Serializable {
    private static final long serialVersionUID = 1L;

    int day;
    @Nullable String name;

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof VisitorId id && day == id.day && Objects.equals(name, id.name);
    }

    @Override
    public int hashCode() {
      return Objects.hash(day, name);
    }
  }

  @Entity(name = "Visitor")
  @Audited
  @IdClass(VisitorId.class)
  static class Visitor {
    @Id int day;
    @Id @Nullable String name;
    @ManyToOne @Nullable Animal favourite;
  }

  /** A plain value of the application. */
  static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    int number;
  }

  /** EclipseLink serializes the keys into columns of text, which neither it nor SQL reads. */
  @Entity(name = "Keeper")
  @Audited
  static class Keeper {
    @Id int id;
    @Nullable String name;
    @Nullable ZonedDateTime since;
    @ElementCollection Set<Key> keys = new HashSet<>();
  }

  /** Hibernate stores the duration as a number, EclipseLink as it is serialized. */
  @Entity(name = "Guide")
  @Audited
  static class Guide {
    @Id int id;

    @Nullable Duration tour;
  }

  /** Hibernate reads only some of the words, by an expression that is its own. */
  @Entity(name = "Speaker")
  @Audited
  static class Speaker {
    @Id int id;
    @Nullable String name;
    @Nullable Locale language;

    @ElementCollection
    @SQLRestriction("words <> 'secret'")
    Set<String> words = new HashSet<>();
  }

  /** Hibernate keeps the picture in a large object. */
  @Entity(name = "Poster")
  @Audited
  static class Poster {
    @Id int id;

    @Nullable String title;
    @Lob byte @Nullable [] picture;
  }
}
