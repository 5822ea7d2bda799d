package io.github.palimpsest.rebuild;

import io.github.palimpsest.Audited;
import io.github.palimpsest.Masked;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderBy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accounts, whose they are, and what belongs to those: every way to refer to each other. */
final class Ledger {
  private Ledger() {}

  /** Opens a unit with them in a database of its own. */
  static TestUnit open(JpaProvider provider) {
    return TestUnit.open(provider, "ledger");
  }

  /** What kind of account. */
  enum Kind {
    CURRENT,
    SAVINGS
  }

  /** Somebody. */
  @Entity(name = "Party")
  @Audited
  abstract static class Party {
    @Id long id;
    @Nullable String name;
    @Embedded @Nullable Address address;

    @ManyToOne(fetch = FetchType.LAZY)
    @Nullable Party parent;

    @OneToMany(mappedBy = "parent")
    Set<Party> children = new HashSet<>();

    @OneToMany(mappedBy = "owner")
    @OrderBy("balance desc, id")
    List<Account> accounts = new ArrayList<>();

    @OneToOne(mappedBy = "holder")
    @Nullable Card card;

    @ManyToMany(mappedBy = "members")
    List<Club> clubs = new ArrayList<>();

    Party() {}

    Party(long id, String name) {
      this.id = id;
      this.name = name;
    }
  }

  /** A person. */
  @Entity(name = "Person")
  static class Person extends Party {
    Person() {}

    Person(long id, String name) {
      super(id, name);
    }
  }

  /** A company. */
  @Entity(name = "Company")
  static class Company extends Party {
    @Nullable String registry;

    Company() {}

    Company(long id, String name, String registry) {
      super(id, name);
      this.registry = registry;
    }
  }

  /** Where somebody lives. */
  @Embeddable
  static class Address {
    @Nullable String city;

    @ManyToOne(fetch = FetchType.LAZY)
    @Nullable Country country;

    Address() {}

    Address(String city, @Nullable Country country) {
      this.city = city;
      this.country = country;
    }
  }

  /** A country. */
  @Entity(name = "Country")
  @Audited
  static class Country {
    @Id
    @Column(name = "code")
    String code = "";

    @Nullable String name;
    @ElementCollection Map<String, String> names = new HashMap<>();

    Country() {}

    Country(String code, String name) {
      this.code = code;
      this.name = name;
    }
  }

  /** Not audited. */
  @Entity(name = "Branch")
  static class Branch {
    @Id long id;
    @Nullable String name;

    Branch() {}

    Branch(long id) {
      this.id = id;
    }
  }

  /** An account. */
  @Entity(name = "Account")
  @Audited
  static class Account {
    @Id long id;

    @Column(precision = 19, scale = 4)
    @Nullable BigDecimal balance;

    @Nullable Instant opened;

    @Enumerated(EnumType.STRING)
    @Nullable Kind kind;

    @Masked @Nullable String pin;
    @Nullable String note;

    @ElementCollection Set<String> tags = new HashSet<>();

    @ManyToOne(fetch = FetchType.LAZY)
    @Nullable Party owner;

    @ManyToOne(fetch = FetchType.LAZY)
    @Nullable Branch branch;

    Account() {}

    Account(long id, @Nullable String balance, @Nullable Party owner) {
      this.id = id;
      this.balance = balance == null ? null : new BigDecimal(balance);
      this.owner = owner;
    }
  }

  /** At most one of each party. */
  @Entity(name = "Card")
  @Audited
  static class Card {
    @Id long id;

    @OneToOne(fetch = FetchType.LAZY)
    @Nullable Party holder;

    Card() {}

    Card(long id, Party holder) {
      this.id = id;
      this.holder = holder;
    }
  }

  /** Of many members. */
  @Entity(name = "Club")
  @Audited
  static class Club {
    @Id long id;
    @Nullable String name;

    @ManyToMany List<Party> members = new ArrayList<>();

    Club() {}

    Club(long id, String name) {
      this.id = id;
      this.name = name;
    }
  }
}
