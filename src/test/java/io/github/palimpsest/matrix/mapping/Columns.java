package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.NotAudited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import io.github.palimpsest.matrix.Variant;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PrimaryKeyJoinColumn;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Transient;
import java.util.List;

/** How an attribute is reached, and its column. */
public final class Columns implements Kinds {
  static final String NOT_LOOKED_INTO =
      "EclipseLink does not look into a value that it takes for immutable (@Mutable is its own annotation): nothing is stored";

  @Entity(name = "Lettered")
  @Audited
  static class Lettered {
    @Id
    @Column(name = "\"the id\"")
    Integer id;

    @Column(name = "renamed")
    String name;

    @Column(name = "\"select\"")
    String quoted;

    @Column(name = "\"Mixed Case\"", columnDefinition = "varchar(5)")
    String defined;

    transient String javaTransient = "t";
    @Transient String notPersistent = "t";
    @NotAudited String notAudited;

    @Column(updatable = false)
    String once = "once";

    @Column(insertable = false)
    String later;

    @Column(name = "renamed", insertable = false, updatable = false)
    String again;

    static List<Kind<?>> kinds() {
      return List.of(
          kind("renamed column", "{\"once\":\"once\"}")
              .change("value", e -> e.name = "x", "{\"name\":\"x\"}"),
          kind("quoted column", "{\"once\":\"once\"}")
              .change(
                  "values",
                  e -> {
                    e.quoted = "q";
                    e.defined = "d";
                  },
                  "{\"quoted\":\"q\",\"defined\":\"d\"}"),
          kind("transient and not audited attributes", "{\"once\":\"once\"}")
              .noChange(
                  "values",
                  e -> {
                    e.javaTransient = "x";
                    e.notPersistent = "x";
                    e.notAudited = "x";
                  }),
          kind("updatable = false", "{\"once\":\"once\"}").noChange("value", e -> e.once = "twice"),
          Kind.of(
                  "insertable = false",
                  Lettered.class,
                  (em, n) -> {
                    Lettered made = make(n);
                    made.later = "too early";
                    return made;
                  },
                  "{\"once\":\"once\"}")
              .change("value", e -> e.later = "x", "{\"later\":\"x\"}"),
          kind("read-only second attribute of a column", "{\"once\":\"once\"}")
              .noChange("value", e -> e.again = "x"));
    }

    private static Kind<Lettered> kind(String name, String state) {
      return Kind.of(name, Lettered.class, (em, n) -> make(n), state);
    }

    private static Lettered make(int n) {
      Lettered made = new Lettered();
      made.id = n;
      return made;
    }
  }

  @Entity(name = "PropertyAccessed")
  @Audited
  static class PropertyAccessed {
    private Integer id;
    private String name;
    private boolean truth;

    protected PropertyAccessed() {}

    @Id
    public Integer getId() {
      return id;
    }

    public void setId(Integer id) {
      this.id = id;
    }

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }

    public boolean isTruth() {
      return truth;
    }

    public void setTruth(boolean truth) {
      this.truth = truth;
    }

    static Kind<PropertyAccessed> kind() {
      return Kind.of(
              "property access, protected constructor",
              PropertyAccessed.class,
              (em, n) -> {
                PropertyAccessed made = new PropertyAccessed();
                made.setId(n);
                made.setName("a");
                return made;
              },
              "{\"name\":\"a\",\"truth\":false}")
          .change("value", e -> e.setName("b"), "{\"name\":\"b\"}")
          .change("a getter that begins with is", e -> e.setTruth(true), "{\"truth\":true}")
          .noChange("same value again", e -> e.setName("a"));
    }
  }

  @Entity(name = "MixedAccess")
  @Audited
  @Access(AccessType.FIELD)
  static class MixedAccess {
    @Id private Integer id;
    @Transient private String upper;
    private String plain;

    @Access(AccessType.PROPERTY)
    @Column(name = "upper_name")
    public String getUpper() {
      return upper;
    }

    public void setUpper(String upper) {
      this.upper = upper;
    }

    static Kind<MixedAccess> kind() {
      return Kind.of(
              "mixed access",
              MixedAccess.class,
              (em, n) -> {
                MixedAccess made = new MixedAccess();
                made.id = n;
                made.plain = "p";
                made.setUpper("U");
                return made;
              },
              "{\"plain\":\"p\",\"upper\":\"U\"}")
          .change("field", e -> e.plain = "x", "{\"plain\":\"x\"}")
          .change("property", e -> e.setUpper("X"), "{\"upper\":\"X\"}")
          .limit(
              Variant.HIBERNATE_ENHANCED,
              "a changed property is not marked dirty when its field is not persistent: \"bytecode enhancement is not expected to fully work with AccessType.PROPERTY\" (HHH-10851, MixedAccessTest of Hibernate)");
    }
  }

  @Entity(name = "Defaulted")
  @Audited
  static class Defaulted {
    @Id Integer id;
    String name;

    @Column(
        insertable = false,
        updatable = false,
        columnDefinition = "varchar(20) default 'by database'")
    String given;

    static Kind<Defaulted> kind() {
      return Kind.of(
              "value given by the database, read-only",
              Defaulted.class,
              (em, n) -> {
                Defaulted made = new Defaulted();
                made.id = n;
                made.name = "a";
                return made;
              },
              "{\"name\":\"a\"}")
          .change("another attribute", e -> e.name = "b", "{\"name\":\"b\"}");
    }
  }

  @Entity(name = "Spread")
  @Audited
  @SecondaryTable(name = "spread_one")
  @SecondaryTable(name = "spread_two", pkJoinColumns = @PrimaryKeyJoinColumn(name = "spread_key"))
  static class Spread {
    @Id Integer id;
    String here;

    @Column(table = "spread_one")
    String one;

    @Column(table = "spread_two", name = "two_renamed")
    String two;

    static List<Kind<?>> kinds() {
      return List.of(
          Kind.of(
                  "two secondary tables",
                  Spread.class,
                  (em, n) -> {
                    Spread made = make(n);
                    made.one = "1";
                    made.two = "2";
                    return made;
                  },
                  "{\"one\":\"1\",\"two\":\"2\"}")
              .change("column of the first", e -> e.one = "x", "{\"one\":\"x\"}")
              .change("column of the second", e -> e.two = "x", "{\"two\":\"x\"}")
              .change("column of the primary", e -> e.here = "x", "{\"here\":\"x\"}")
              .change(
                  "columns of all",
                  e -> {
                    e.here = "x";
                    e.one = "y";
                    e.two = "z";
                  },
                  "{\"here\":\"x\",\"one\":\"y\",\"two\":\"z\"}")
              .change("to null", e -> e.one = null, "{\"one\":null}"),
          Kind.of("two secondary tables without values", Spread.class, (em, n) -> make(n), "{}")
              .change("column of the second", e -> e.two = "x", "{\"two\":\"x\"}"));
    }

    private static Spread make(int n) {
      Spread made = new Spread();
      made.id = n;
      return made;
    }
  }

  @Override
  public String title() {
    return "Access and columns";
  }

  @Override
  public List<Kind<?>> kinds() {
    return Kinds.list(
        Lettered.kinds(),
        PropertyAccessed.kind(),
        MixedAccess.kind(),
        Defaulted.kind(),
        Spread.kinds());
  }
}
