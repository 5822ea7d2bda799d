package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import io.github.palimpsest.testing.JpaProvider;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Version;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;

/** Versions and unique values. */
@SuppressWarnings("JavaUtilDate") // a kind of version under test
public final class Versions implements Kinds {
  private static final String FIRST =
      "the first version is 1 (VersionLockingPolicy.getInitialWriteValue of EclipseLink, 0 in Hibernate)";

  @Entity(name = "IntVersioned")
  @Audited
  static class IntVersioned {
    @Id Integer id;
    @Version int version;
    String name;

    @ElementCollection List<String> notes = new ArrayList<>();

    static Kind<IntVersioned> kind() {
      return Kind.of(
              "int",
              IntVersioned.class,
              (em, n) -> {
                IntVersioned made = new IntVersioned();
                made.id = n;
                return made;
              },
              "{\"version\":0}")
          .on(JpaProvider.ECLIPSELINK, FIRST, "persist IntVersioned/$n {\"version\":1}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\",\"version\":1}")
          .on(
              JpaProvider.ECLIPSELINK,
              FIRST,
              "update IntVersioned/$n {\"name\":\"x\",\"version\":2}")
          .change("a collection", e -> e.notes.add("x"), "{\"notes\":[\"x\"],\"version\":1}")
          .on(
              JpaProvider.ECLIPSELINK,
              FIRST,
              "update IntVersioned/$n {\"notes\":[\"x\"],\"version\":2}")
          .transaction(
              "optimistic force increment",
              (em, e, n) -> em.lock(e, LockModeType.OPTIMISTIC_FORCE_INCREMENT))
          .transaction(
              "pessimistic force increment",
              (em, e, n) -> em.lock(e, LockModeType.PESSIMISTIC_FORCE_INCREMENT));
    }
  }

  @Entity(name = "LongVersioned")
  @Audited
  static class LongVersioned {
    @Id Integer id;
    @Version Long version;
    String name;

    static Kind<LongVersioned> kind() {
      return Kind.of(
              "Long",
              LongVersioned.class,
              (em, n) -> {
                LongVersioned made = new LongVersioned();
                made.id = n;
                return made;
              },
              "{\"version\":0}")
          .on(JpaProvider.ECLIPSELINK, FIRST, "persist LongVersioned/$n {\"version\":1}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\",\"version\":1}")
          .on(
              JpaProvider.ECLIPSELINK,
              FIRST,
              "update LongVersioned/$n {\"name\":\"x\",\"version\":2}");
    }
  }

  @Entity(name = "ShortVersioned")
  @Audited
  static class ShortVersioned {
    @Id Integer id;
    @Version short version;
    String name;

    static Kind<ShortVersioned> kind() {
      return Kind.of(
              "short",
              ShortVersioned.class,
              (em, n) -> {
                ShortVersioned made = new ShortVersioned();
                made.id = n;
                return made;
              },
              "{\"version\":0}")
          .on(JpaProvider.ECLIPSELINK, FIRST, "persist ShortVersioned/$n {\"version\":1}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\",\"version\":1}")
          .on(
              JpaProvider.ECLIPSELINK,
              FIRST,
              "update ShortVersioned/$n {\"name\":\"x\",\"version\":2}");
    }
  }

  @Entity(name = "TimeVersioned")
  @Audited
  static class TimeVersioned {
    @Id Integer id;
    @Version Timestamp version;
    String name;

    static Kind<TimeVersioned> kind() {
      return Kind.of(
              "Timestamp",
              TimeVersioned.class,
              (em, n) -> {
                TimeVersioned made = new TimeVersioned();
                made.id = n;
                return made;
              },
              "{\"version\":\"$any\"}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\",\"version\":\"$any\"}");
    }
  }

  private static final String UNIQUE =
      "one object at a time would take a value that another has still: the restore is refused as a conflict, and nothing changes";

  @Entity(name = "UniqueCode")
  @Audited
  static class UniqueCode {
    @Id String id;

    @Column(unique = true)
    String code;

    static Kind<UniqueCode> kind() {
      return Kind.of(
              "unique value",
              UniqueCode.class,
              (em, n) -> {
                em.persist(make("b" + n));
                return make("a" + n);
              },
              "a$n",
              "{}")
          .persisting(
              "persist UniqueCode/a$n {\"code\":\"a$n\"}",
              "persist UniqueCode/b$n {\"code\":\"b$n\"}")
          .transaction(
              "handed on in one transaction",
              (em, e, n) -> {
                UniqueCode other = em.find(UniqueCode.class, "b" + n);
                String code = e.code;
                e.code = "c" + n;
                em.flush();
                other.code = code;
              },
              "update UniqueCode/a$n {\"code\":\"c$n\"}",
              "update UniqueCode/b$n {\"code\":\"a$n\"}")
          .restoreLimit(JpaProvider.ECLIPSELINK, UNIQUE)
          .restoreLimit(JpaProvider.HIBERNATE, UNIQUE)
          .transaction(
              "swapped in one transaction",
              (em, e, n) -> {
                UniqueCode other = em.find(UniqueCode.class, "b" + n);
                e.code = null;
                em.flush();
                other.code = "a" + n;
                em.flush();
                e.code = "b" + n;
              },
              "update UniqueCode/a$n {\"code\":\"b$n\"}",
              "update UniqueCode/b$n {\"code\":\"a$n\"}")
          .restoreLimit(JpaProvider.ECLIPSELINK, UNIQUE)
          .restoreLimit(JpaProvider.HIBERNATE, UNIQUE);
    }

    private static UniqueCode make(String id) {
      UniqueCode made = new UniqueCode();
      made.id = id;
      made.code = id;
      return made;
    }
  }

  @Override
  public String title() {
    return "Versions and unique values";
  }

  @Override
  public List<Kind<?>> kinds() {
    return List.of(
        IntVersioned.kind(),
        LongVersioned.kind(),
        ShortVersioned.kind(),
        TimeVersioned.kind(),
        UniqueCode.kind());
  }
}
