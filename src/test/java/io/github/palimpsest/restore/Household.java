package io.github.palimpsest.restore;

import io.github.palimpsest.Audited;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entities that go with others, and entities that say themselves when they were written. */
final class Household {
  /** What the clock of the callbacks says. */
  static int now;

  private Household() {}

  static TestUnit open(JpaProvider provider) {
    return TestUnit.open(provider, "household");
  }

  /** Has parts of every kind. */
  @Entity(name = "Citizen")
  @Audited
  static class Citizen {
    @Id long id;
    @Nullable String name;

    @OneToOne(cascade = CascadeType.ALL, orphanRemoval = true)
    @Nullable Passport passport;

    @ManyToOne(cascade = CascadeType.ALL)
    @Nullable Address home;

    @OneToMany(mappedBy = "owner", cascade = CascadeType.ALL)
    List<Pet> pets = new ArrayList<>();

    @OneToMany(mappedBy = "owner", cascade = CascadeType.ALL)
    List<Note> notes = new ArrayList<>();

    @Embedded Contact contact = new Contact();

    Citizen() {}

    Citizen(long id) {
      this.id = id;
    }
  }

  /** How to reach somebody. */
  @Embeddable
  static class Contact {
    @ManyToMany List<Phone> phones = new ArrayList<>();
  }

  /** Is one citizen's. */
  @Entity(name = "Passport")
  @Audited
  static class Passport {
    @Id long id;
    @Nullable String number;

    Passport() {}

    Passport(long id, String number) {
      this.id = id;
      this.number = number;
    }
  }

  /** May be several citizens'. */
  @Entity(name = "Address")
  @Audited
  static class Address {
    @Id long id;
    @Nullable String city;

    Address() {}

    Address(long id, String city) {
      this.id = id;
      this.city = city;
    }
  }

  /** Refers to whom it goes with. */
  @Entity(name = "Pet")
  @Audited
  static class Pet {
    @Id long id;
    @ManyToOne @Nullable Citizen owner;

    Pet() {}

    Pet(long id, Citizen owner) {
      this.id = id;
      this.owner = owner;
      owner.pets.add(this);
    }
  }

  /** The same, without a history. */
  @Entity(name = "Note")
  static class Note {
    @Id long id;
    @ManyToOne @Nullable Citizen owner;

    Note() {}

    Note(long id, Citizen owner) {
      this.id = id;
      this.owner = owner;
      owner.notes.add(this);
    }
  }

  /** Is referred to from within embeddables. */
  @Entity(name = "Phone")
  @Audited
  static class Phone {
    @Id long id;

    Phone() {}

    Phone(long id) {
      this.id = id;
    }
  }

  /** Says when it was written. */
  @Entity(name = "Diary")
  @Audited
  static class Diary {
    @Id long id;
    @Nullable String text;
    int createdAt;
    int updatedAt;

    Diary() {}

    Diary(long id, String text) {
      this.id = id;
      this.text = text;
    }

    @PrePersist
    void created() {
      createdAt = now;
      updatedAt = now;
    }

    @PreUpdate
    void updated() {
      updatedAt = now;
    }
  }
}
