package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import io.github.palimpsest.testing.JpaProvider;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Version;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Equal elements, of an entity with a version: what it has in memory is not always stored. */
public final class EqualElements implements Kinds {
  private static final String ONE_ROW =
      "EclipseLink knows the row of an embeddable by its values alone (CollectionMapping.compareObjectsAndWrite, compareListsAndWrite of AggregateCollectionMapping; EclipseLink issue 2856, open): an equal one is neither inserted nor deleted, and in an order takes the place of the other";

  @Embeddable
  public static class Dose {
    String drug;
    Integer drops;

    public Dose() {}

    Dose(String drug, Integer drops) {
      this.drug = drug;
      this.drops = drops;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Dose it
          && Objects.equals(drug, it.drug)
          && Objects.equals(drops, it.drops);
    }

    @Override
    public int hashCode() {
      return Objects.hash(drug, drops);
    }
  }

  @Entity(name = "Patient")
  @Audited
  static class Patient {
    @Id Integer id;
    @Version Timestamp version;

    @ElementCollection
    @Column(name = "element")
    List<String> notes = new ArrayList<>();

    @ElementCollection
    @CollectionTable(name = "patient_ordered")
    @Column(name = "element")
    @OrderColumn(name = "place")
    List<String> ordered = new ArrayList<>();

    @ElementCollection List<Dose> doses = new ArrayList<>();

    @ElementCollection
    @CollectionTable(name = "patient_plan")
    @OrderColumn(name = "place")
    List<Dose> plan = new ArrayList<>();

    @ElementCollection
    @MapKeyColumn(name = "day_key")
    Map<String, Dose> days = new HashMap<>();

    static List<Kind<?>> kinds() {
      return List.of(
          kind("bag", e -> e.notes.addAll(List.of("a", "a")), "\"notes\":[\"a\",\"a\"]")
              .change("add", e -> e.notes.add("a"), body("\"notes\":[\"a\",\"a\",\"a\"]"))
              .change("remove one", e -> e.notes.remove(0), body("\"notes\":[\"a\"]")),
          kind(
                  "list with @OrderColumn",
                  e -> e.ordered.addAll(List.of("a", "b", "a")),
                  "\"ordered\":[\"a\",\"b\",\"a\"]")
              .change("add", e -> e.ordered.add("b"), body("\"ordered\":[\"a\",\"b\",\"a\",\"b\"]"))
              .change(
                  "remove the first", e -> e.ordered.remove(0), body("\"ordered\":[\"b\",\"a\"]"))
              .change(
                  "remove the last", e -> e.ordered.remove(2), body("\"ordered\":[\"a\",\"b\"]"))
              .on(JpaProvider.ECLIPSELINK, Elements.BOTH, update("\"ordered\":[\"b\"]")),
          kind(
                  "list of embeddable",
                  e -> e.doses.addAll(List.of(new Dose("x", 1), new Dose("x", 1))),
                  "\"doses\":[" + X + "," + X + "]")
              .change(
                  "add an equal one",
                  e -> e.doses.add(new Dose("x", 1)),
                  body("\"doses\":[" + X + "," + X + "," + X + "]"))
              .on(JpaProvider.ECLIPSELINK, ONE_ROW, update("\"doses\":[" + X + "," + X + "]"))
              .change("remove one", e -> e.doses.remove(0), body("\"doses\":[" + X + "]"))
              .on(JpaProvider.ECLIPSELINK, ONE_ROW)
              .change("clear", e -> e.doses.clear(), body("\"doses\":[]")),
          kind(
                  "list of embeddable with @OrderColumn",
                  e -> e.plan.addAll(List.of(new Dose("x", 1), new Dose("y", 2))),
                  "\"plan\":[" + X + "," + Y + "]")
              .change(
                  "add an equal one",
                  e -> e.plan.add(new Dose("x", 1)),
                  body("\"plan\":[" + X + "," + Y + "," + X + "]"))
              .on(JpaProvider.ECLIPSELINK, ONE_ROW, update("\"plan\":[" + Y + "," + X + "]"))
              .change("remove", e -> e.plan.remove(0), body("\"plan\":[" + Y + "]")),
          kind(
                  "map of embeddable",
                  e -> {
                    e.days.put("a", new Dose("x", 1));
                    e.days.put("b", new Dose("x", 1));
                  },
                  "\"days\":{\"a\":" + X + ",\"b\":" + X + "}")
              .change(
                  "put an equal one",
                  e -> e.days.put("c", new Dose("x", 1)),
                  body("\"days\":{\"a\":" + X + ",\"b\":" + X + ",\"c\":" + X + "}"))
              .on(
                  JpaProvider.ECLIPSELINK,
                  ONE_ROW,
                  update("\"days\":{\"a\":" + X + ",\"b\":" + X + "}"))
              .change("remove one", e -> e.days.remove("b"), body("\"days\":{\"a\":" + X + "}"))
              .on(JpaProvider.ECLIPSELINK, ONE_ROW)
              .change(
                  "another value",
                  e -> e.days.put("b", new Dose("y", 2)),
                  body("\"days\":{\"a\":" + X + ",\"b\":" + Y + "}"))
              .change("clear", e -> e.days.clear(), body("\"days\":{}")));
    }

    private static final String X = "{\"drops\":1,\"drug\":\"x\"}";
    private static final String Y = "{\"drops\":2,\"drug\":\"y\"}";

    private static String body(String attribute) {
      return "{\"version\":\"$any\"," + attribute + "}";
    }

    private static String update(String attribute) {
      return "update Patient/$n " + body(attribute);
    }

    private static Kind<Patient> kind(String name, Consumer<Patient> fill, String json) {
      return Kind.of(
          name,
          Patient.class,
          (em, n) -> {
            Patient made = new Patient();
            made.id = n;
            fill.accept(made);
            return made;
          },
          body(json));
    }
  }

  @Override
  public String title() {
    return "Equal elements of an entity with a version";
  }

  @Override
  public List<Kind<?>> kinds() {
    return Patient.kinds();
  }
}
