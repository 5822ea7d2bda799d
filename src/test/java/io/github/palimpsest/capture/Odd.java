package io.github.palimpsest.capture;

import io.github.palimpsest.Audited;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.ExcludeDefaultListeners;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Entities whose mappings once went wrong, and their tables. */
final class Odd {
  static final String[] TABLES = {
    "create table item (id bigint generated always as identity primary key, name text)",
    "create table box (id bigint generated always as identity primary key, volume numeric(19, 2))",
    "create table box_item (box_id bigint references box, items_id bigint references item)",
    "create table box_labels (box_id bigint references box, labels text)",
    "create table node (id text primary key, name text, parent_id text references node)",
    "create table hidden (id text primary key, name text)",
    "create table plain (id text primary key, name text)",
    "create table diary (id text primary key, version bigint, text text, code text unique,"
        + " stamp text, other_id text references diary)",
  };

  private Odd() {}

  /** Its id is 0 until the database has assigned one. */
  @Entity(name = "Item")
  @Audited
  static class Item {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    long id;

    @Nullable String name;
  }

  /** Has no version, so that changes of its collections lock nothing. */
  @Entity(name = "Box")
  @Audited
  static class Box {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    long id;

    @Column(precision = 19, scale = 2)
    @Nullable BigDecimal volume;

    @OneToMany List<Item> items = new ArrayList<>();
    @ElementCollection Set<String> labels = new HashSet<>();
  }

  /** Refers to its own type. */
  @Entity(name = "Node")
  @Audited
  static class Node {
    @Id @Nullable String id;
    @Nullable String name;
    @ManyToOne @Nullable Node parent;
  }

  /** Changes itself, and another if it is told so, in its callbacks. */
  @Entity(name = "Diary")
  @Audited
  static class Diary {
    @Id @Nullable String id;
    @Version long version;
    @Nullable String text;
    @Nullable String code;
    @Nullable String stamp;
    @ManyToOne @Nullable Diary other;

    Diary() {}

    Diary(String id) {
      this.id = id;
    }

    @PrePersist
    void beforePersist() {
      stamp = "persisted";
    }

    @PreUpdate
    void beforeUpdate() {
      stamp = "updated";
      if (other != null) {
        other.text = "by a callback";
      }
    }
  }

  /** No default listener hears of it. */
  @Entity(name = "Hidden")
  @Audited
  @ExcludeDefaultListeners
  static class Hidden {
    @Id @Nullable String id;
    @Nullable String name;
  }

  /** Its source knows nothing of us. */
  @Entity(name = "Plain")
  static class Plain {
    @Id @Nullable String id;
    @Nullable String name;
  }
}
