package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import io.github.palimpsest.testing.JpaProvider;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OrderColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Collections and maps that hold null, which the specification leaves to the provider. */
public final class NullElements implements Kinds {
  private static final String NO_ROW =
      "Hibernate writes no row for an element that is null (entryExists of its collections): it is a gap in an order, and elsewhere nothing";

  private static final String EMPTY =
      "Hibernate reads a row without values as null, and so not at all (hibernate.create_empty_composites.enabled)";

  @Embeddable
  static class Crumb {
    String name;
    Integer size;

    Crumb() {}

    Crumb(String name) {
      this.name = name;
    }
  }

  @Entity(name = "Gappy")
  @Audited
  static class Gappy {
    @Id Integer id;

    @ElementCollection
    @Column(name = "element")
    List<String> texts = new ArrayList<>();

    @ElementCollection
    @Column(name = "element")
    @OrderColumn(name = "place")
    List<String> ordered = new ArrayList<>();

    @ElementCollection
    @Column(name = "element")
    Set<Integer> numbers = new HashSet<>();

    @ElementCollection
    @MapKeyColumn(name = "text_key")
    @Column(name = "element")
    Map<String, String> values = new HashMap<>();

    @ElementCollection List<Crumb> crumbs = new ArrayList<>();

    static List<Kind<?>> kinds() {
      return List.of(
          kind("bag", e -> e.texts.addAll(Arrays.asList("a", null)), "\"texts\":[\"a\",null]")
              .on(JpaProvider.HIBERNATE, NO_ROW, "persist Gappy/$n {\"texts\":[\"a\"]}")
              .change("add null", e -> e.texts.add(null), "{\"texts\":[\"a\",null,null]}")
              .on(JpaProvider.HIBERNATE, NO_ROW)
              .change("add", e -> e.texts.add("b"), "{\"texts\":[\"a\",\"b\",null]}")
              .on(JpaProvider.HIBERNATE, NO_ROW, "update Gappy/$n {\"texts\":[\"a\",\"b\"]}")
              .change("remove null", e -> e.texts.remove(null), "{\"texts\":[\"a\"]}")
              .on(JpaProvider.HIBERNATE, NO_ROW),
          kind(
                  "list with @OrderColumn",
                  e -> e.ordered.addAll(Arrays.asList("a", null, "b", null)),
                  "\"ordered\":[\"a\",null,\"b\",null]")
              .on(
                  JpaProvider.HIBERNATE,
                  NO_ROW,
                  "persist Gappy/$n {\"ordered\":[\"a\",null,\"b\"]}")
              .change(
                  "set null", e -> e.ordered.set(0, null), "{\"ordered\":[null,null,\"b\",null]}")
              .on(JpaProvider.HIBERNATE, NO_ROW, "update Gappy/$n {\"ordered\":[null,null,\"b\"]}")
              .change(
                  "replace null",
                  e -> e.ordered.set(1, "x"),
                  "{\"ordered\":[\"a\",\"x\",\"b\",null]}")
              .on(
                  JpaProvider.ECLIPSELINK,
                  Elements.BOTH,
                  "update Gappy/$n {\"ordered\":[\"a\",\"x\",\"b\"]}")
              .on(
                  JpaProvider.HIBERNATE,
                  NO_ROW,
                  "update Gappy/$n {\"ordered\":[\"a\",\"x\",\"b\"]}"),
          kind("set", e -> e.numbers.addAll(Arrays.asList(1, null)), "\"numbers\":[null,1]")
              .on(JpaProvider.HIBERNATE, NO_ROW, "persist Gappy/$n {\"numbers\":[1]}")
              .change("remove null", e -> e.numbers.remove(null), "{\"numbers\":[1]}")
              .on(JpaProvider.HIBERNATE, NO_ROW)
              .change("add", e -> e.numbers.add(2), "{\"numbers\":[null,1,2]}")
              .on(JpaProvider.HIBERNATE, NO_ROW, "update Gappy/$n {\"numbers\":[1,2]}"),
          kind(
                  "map with a value that is null",
                  e -> {
                    e.values.put("a", "1");
                    e.values.put("b", null);
                  },
                  "\"values\":{\"a\":\"1\",\"b\":null}")
              .on(JpaProvider.HIBERNATE, NO_ROW, "persist Gappy/$n {\"values\":{\"a\":\"1\"}}")
              .change(
                  "replace by null",
                  e -> e.values.put("a", null),
                  "{\"values\":{\"a\":null,\"b\":null}}")
              .on(JpaProvider.HIBERNATE, NO_ROW, "update Gappy/$n {\"values\":{}}")
              .change(
                  "replace null",
                  e -> e.values.put("b", "2"),
                  "{\"values\":{\"a\":\"1\",\"b\":\"2\"}}")
              .never(
                  JpaProvider.ECLIPSELINK,
                  "EclipseLink's IndirectMap is a java.util.Hashtable, which takes neither a key nor a value that is null"),
          kind(
                  "embeddable without values",
                  e -> e.crumbs.addAll(List.of(new Crumb("a"), new Crumb())),
                  "\"crumbs\":[{\"name\":\"a\",\"size\":null},{\"name\":null,\"size\":null}]")
              .on(
                  JpaProvider.HIBERNATE,
                  EMPTY,
                  "persist Gappy/$n {\"crumbs\":[{\"name\":\"a\",\"size\":null}]}")
              .change(
                  "add",
                  e -> e.crumbs.add(new Crumb("b")),
                  "{\"crumbs\":[{\"name\":\"a\",\"size\":null},{\"name\":\"b\",\"size\":null},{\"name\":null,\"size\":null}]}")
              .on(
                  JpaProvider.HIBERNATE,
                  EMPTY,
                  "update Gappy/$n {\"crumbs\":[{\"name\":\"a\",\"size\":null},{\"name\":\"b\",\"size\":null}]}"));
    }

    private static Kind<Gappy> kind(String name, Consumer<Gappy> fill, String json) {
      return Kind.of(
          name,
          Gappy.class,
          (em, n) -> {
            Gappy made = new Gappy();
            made.id = n;
            fill.accept(made);
            return made;
          },
          "{" + json + "}");
    }
  }

  @Override
  public String title() {
    return "Null in collections";
  }

  @Override
  public List<Kind<?>> kinds() {
    return Gappy.kinds();
  }
}
