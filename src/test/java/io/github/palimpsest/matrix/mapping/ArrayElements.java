package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import io.github.palimpsest.testing.JpaProvider;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OrderColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Arrays as rows of a table of their own, and collections in a column. */
public final class ArrayElements implements Kinds {
  @Entity(name = "Cabinet")
  @Audited
  static class Cabinet {
    @Id Integer id;

    @ElementCollection
    @OrderColumn(name = "place")
    @Column(name = "element")
    String[] drawers;

    @ElementCollection
    @OrderColumn(name = "place")
    @Column(name = "element")
    int[] sizes;

    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> labels;

    @JdbcTypeCode(SqlTypes.ARRAY)
    Set<Integer> locks;

    static List<Kind<?>> kinds() {
      return List.of(
          kind(
                  "@ElementCollection String[]",
                  e -> e.drawers = new String[] {"b", "a"},
                  "\"drawers\":[\"b\",\"a\"]")
              .change(
                  "replace",
                  e -> e.drawers = new String[] {"a", "b", "c"},
                  "{\"drawers\":[\"a\",\"b\",\"c\"]}")
              .change("in place", e -> e.drawers[0] = "z", "{\"drawers\":[\"z\",\"a\"]}")
              .change("shorter", e -> e.drawers = new String[] {"b"}, "{\"drawers\":[\"b\"]}")
              .noChange("equal array", e -> e.drawers = new String[] {"b", "a"})
              .change("to null", e -> e.drawers = null, "{\"drawers\":[]}"),
          kind("@ElementCollection int[]", e -> e.sizes = new int[] {2, 1}, "\"sizes\":[2,1]")
              .change("in place", e -> e.sizes[1] = 9, "{\"sizes\":[2,9]}"),
          kind(
                  "List in a column",
                  e -> e.labels = new ArrayList<>(List.of("b", "a")),
                  "\"labels\":[\"b\",\"a\"]")
              .change("add", e -> e.labels.add("b"), "{\"labels\":[\"b\",\"a\",\"b\"]}")
              .change("reorder", e -> e.labels.sort(null), "{\"labels\":[\"a\",\"b\"]}")
              .noChange("equal list", e -> e.labels = new ArrayList<>(List.of("b", "a")))
              .change("to null", e -> e.labels = null, "{\"labels\":null}"),
          kind("Set in a column", e -> e.locks = new HashSet<>(Set.of(10, 9)), "\"locks\":[9,10]")
              .change("add", e -> e.locks.add(1), "{\"locks\":[1,9,10]}"));
    }

    private static Kind<Cabinet> kind(String name, Consumer<Cabinet> fill, String json) {
      return Kind.of(
          name,
          Cabinet.class,
          (em, n) -> {
            Cabinet made = new Cabinet();
            made.id = n;
            fill.accept(made);
            return made;
          },
          "{" + json + "}");
    }
  }

  @Override
  public String title() {
    return "Arrays in a table, collections in a column";
  }

  @Override
  public Map<JpaProvider, String> limits() {
    return Map.of(
        JpaProvider.ECLIPSELINK,
        "a collection is declared as Collection, Set, List or Map (Jakarta Persistence 3.1 §2.2), and none of these is a basic type (§2.8)");
  }

  @Override
  public List<Kind<?>> kinds() {
    return Cabinet.kinds();
  }
}
