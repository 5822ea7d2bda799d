package io.github.palimpsest.restore;

import io.github.palimpsest.Audited;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.PrePersist;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.TableGenerator;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Entities that need each other, their ids from every kind of generator. */
final class Fleet {
  private static final String[] TABLES = {
    "create sequence ship_seq increment 5 start 5",
    "create table ship (id bigint primary key, version bigint, name text not null"
        + " constraint uq_ship_name unique, captain_id bigint not null)",
    "create table ids (name text primary key, value bigint)",
    "create table sailor (id bigint primary key, version bigint, name text, age int,"
        + " ship_id bigint constraint fk_sailor_ship references ship,"
        + " mentor_id bigint constraint fk_sailor_mentor references sailor)",
    "alter table ship add constraint fk_ship_captain foreign key (captain_id) references sailor",
    "create table sailor_skills (sailor_id bigint references sailor, skills text)",
    "create table voyage (id bigint generated always as identity primary key, version bigint,"
        + " goal text, ship_id bigint not null constraint fk_voyage_ship references ship)",
    "create table voyage_sailor (voyage_id bigint references voyage,"
        + " crew_id bigint references sailor)",
    "create table invoice (id int primary key,"
        + " ship_id bigint constraint fk_invoice_ship references ship)",
    Logbook.TABLE,
  };

  /** Sailors and voyages whose callback was called. */
  static final List<String> CALLED_BACK = new ArrayList<>();

  private Fleet() {}

  /** Opens a unit with them in a database of its own. */
  static TestUnit open(JpaProvider provider) {
    TestUnit unit = TestUnit.open(provider, "fleet", TABLES);
    if (provider == JpaProvider.ECLIPSELINK) {
      unit.database().execute("insert into ids values ('sailor', 0)");
    }
    return unit;
  }

  /** Cannot be without its captain. */
  @Entity(name = "Ship")
  @Audited
  static class Ship {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "ship_seq")
    @SequenceGenerator(name = "ship_seq", sequenceName = "ship_seq", allocationSize = 5)
    @Nullable Long id;

    @Version long version;

    @Column(nullable = false)
    @Nullable String name;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "captain_id", nullable = false)
    @Nullable Sailor captain;

    Ship() {}

    Ship(String name, Sailor captain) {
      this.name = name;
      this.captain = captain;
    }

    long id() {
      return Objects.requireNonNull(id);
    }
  }

  /** May serve on a ship, also on the one whose captain it is. */
  @Entity(name = "Sailor")
  @Audited
  static class Sailor {
    @Id
    @GeneratedValue(strategy = GenerationType.TABLE, generator = "sailor_ids")
    @TableGenerator(
        name = "sailor_ids",
        table = "ids",
        pkColumnName = "name",
        valueColumnName = "value",
        pkColumnValue = "sailor",
        allocationSize = 3)
    @Nullable Long id;

    @Version long version;
    @Nullable String name;
    int age;

    @ManyToOne(fetch = FetchType.LAZY)
    @Nullable Ship ship;

    @ManyToOne(fetch = FetchType.LAZY)
    @Nullable Sailor mentor;

    @ElementCollection Set<String> skills = new HashSet<>();

    Sailor() {}

    Sailor(String name) {
      this.name = name;
    }

    long id() {
      return Objects.requireNonNull(id);
    }

    @PrePersist
    void called() {
      CALLED_BACK.add(String.valueOf(name));
    }
  }

  /** Refers to many, and is referred to by none. */
  @Entity(name = "Voyage")
  @Audited
  static class Voyage {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable Long id;

    @Version long version;
    @Nullable String goal;

    @ManyToOne(optional = false)
    @Nullable Ship ship;

    @ManyToMany List<Sailor> crew = new ArrayList<>();

    Voyage() {}

    @PrePersist
    void called() {
      CALLED_BACK.add(String.valueOf(goal));
    }

    Voyage(String goal, Ship ship) {
      this.goal = goal;
      this.ship = ship;
    }

    long id() {
      return Objects.requireNonNull(id);
    }
  }
}
