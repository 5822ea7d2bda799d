package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.TableGenerator;
import jakarta.persistence.Temporal;
import jakarta.persistence.TemporalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/** Simple ids. */
@SuppressWarnings("JavaUtilDate") // a kind of id under test
public final class Ids implements Kinds {
  @Entity(name = "ByIdentity")
  @Audited
  static class ByIdentity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    String name;

    static Kind<ByIdentity> kind() {
      return Kind.of("IDENTITY", ByIdentity.class, (em, n) -> new ByIdentity(), "$id", "{}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\"}");
    }
  }

  @Entity(name = "BySequence")
  @Audited
  static class BySequence {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "by_sequence")
    @SequenceGenerator(name = "by_sequence", sequenceName = "by_sequence", allocationSize = 5)
    long id;

    String name;

    static Kind<BySequence> kind() {
      return Kind.of(
              "SEQUENCE, primitive", BySequence.class, (em, n) -> new BySequence(), "$id", "{}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\"}");
    }
  }

  @Entity(name = "ByTable")
  @Audited
  static class ByTable {
    @Id
    @GeneratedValue(strategy = GenerationType.TABLE, generator = "by_table")
    @TableGenerator(name = "by_table", table = "id_table")
    Integer id;

    String name;

    static Kind<ByTable> kind() {
      return Kind.of("TABLE", ByTable.class, (em, n) -> new ByTable(), "$id", "{}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\"}");
    }
  }

  @Entity(name = "ByAuto")
  @Audited
  static class ByAuto {
    @Id @GeneratedValue Long id;
    String name;

    static Kind<ByAuto> kind() {
      return Kind.of("AUTO", ByAuto.class, (em, n) -> new ByAuto(), "$id", "{}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\"}");
    }
  }

  @Entity(name = "ByUuid")
  @Audited
  static class ByUuid {
    @Id
    @GeneratedValue(strategy = GenerationType.UUID)
    UUID id;

    String name;

    static Kind<ByUuid> kind() {
      return Kind.of("UUID, generated", ByUuid.class, (em, n) -> new ByUuid(), "$id", "{}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\"}");
    }
  }

  @Entity(name = "AssignedUuid")
  @Audited
  static class AssignedUuid {
    @Id UUID id;
    String name;

    static Kind<AssignedUuid> kind() {
      return Kind.of(
              "UUID, assigned",
              AssignedUuid.class,
              (em, n) -> {
                AssignedUuid made = new AssignedUuid();
                made.id = new UUID(0, n);
                return made;
              },
              "$id",
              "{}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\"}");
    }
  }

  @Entity(name = "ByText")
  @Audited
  static class ByText {
    @Id String id;
    String name;

    static List<Kind<?>> kinds() {
      return List.of(
          kind("String", "a$n"),
          kind("String with slashes", "/a/$n/?x=1&y#z"),
          kind("String with quotes", "it's \"$n\" \\ `x`"),
          kind("String with per cent, unicode and spaces", " 100% Öl 漢 😀 $n "),
          kind("String that looks like JSON", "{\"a\":[$n,null]}"));
    }

    private static Kind<ByText> kind(String name, String id) {
      return Kind.of(
              name,
              ByText.class,
              (em, n) -> {
                ByText made = new ByText();
                made.id = id.replace("$n", String.valueOf(n));
                return made;
              },
              id,
              "{}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\"}");
    }
  }

  @Entity(name = "ByDate")
  @Audited
  static class ByDate {
    @Id LocalDate id;
    String name;

    static Kind<ByDate> kind() {
      return Kind.of(
              "LocalDate",
              ByDate.class,
              (em, n) -> {
                ByDate made = new ByDate();
                made.id = LocalDate.ofEpochDay(n);
                return made;
              },
              "$id",
              "{}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\"}");
    }
  }

  @Entity(name = "ByUtilDate")
  @Audited
  static class ByUtilDate {
    @Id
    @Temporal(TemporalType.DATE)
    Date id;

    String name;

    static Kind<ByUtilDate> kind() {
      return Kind.of(
              "java.util.Date as DATE",
              ByUtilDate.class,
              (em, n) -> {
                ByUtilDate made = new ByUtilDate();
                made.id = java.sql.Date.valueOf(LocalDate.ofEpochDay(n));
                return made;
              },
              "$id",
              "{}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\"}");
    }
  }

  @Entity(name = "ByMoment")
  @Audited
  static class ByMoment {
    @Id LocalDateTime id;
    String name;

    static Kind<ByMoment> kind() {
      return Kind.of(
              "LocalDateTime",
              ByMoment.class,
              (em, n) -> {
                ByMoment made = new ByMoment();
                made.id = LocalDateTime.parse("2020-02-29T23:59:59.123456").plusDays(n);
                return made;
              },
              "$id",
              "{}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\"}");
    }
  }

  @Entity(name = "ByDecimal")
  @Audited
  static class ByDecimal {
    @Id
    @Column(precision = 10, scale = 2)
    BigDecimal id;

    String name;

    static Kind<ByDecimal> kind() {
      return Kind.of(
              "BigDecimal",
              ByDecimal.class,
              (em, n) -> {
                ByDecimal made = new ByDecimal();
                made.id = new BigDecimal(n + ".50");
                return made;
              },
              "$n.50",
              "{}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\"}");
    }
  }

  @Entity(name = "ByBigInteger")
  @Audited
  static class ByBigInteger {
    @Id
    @Column(columnDefinition = "numeric(38)")
    BigInteger id;

    String name;

    static Kind<ByBigInteger> kind() {
      return Kind.of(
              "BigInteger",
              ByBigInteger.class,
              (em, n) -> {
                ByBigInteger made = new ByBigInteger();
                made.id = new BigInteger("12345678901234567890" + n);
                return made;
              },
              "$id",
              "{}")
          .change("an attribute", e -> e.name = "x", "{\"name\":\"x\"}");
    }
  }

  @Override
  public String title() {
    return "Ids of one attribute";
  }

  @Override
  public List<String> tables() {
    return List.of(
        "create table byidentity (id bigint generated by default as identity primary key, name text)");
  }

  @Override
  public List<Kind<?>> kinds() {
    return Kinds.list(
        ByIdentity.kind(),
        BySequence.kind(),
        ByTable.kind(),
        ByAuto.kind(),
        ByUuid.kind(),
        AssignedUuid.kind(),
        ByText.kinds(),
        ByDate.kind(),
        ByUtilDate.kind(),
        ByMoment.kind(),
        ByDecimal.kind(),
        ByBigInteger.kind());
  }
}
