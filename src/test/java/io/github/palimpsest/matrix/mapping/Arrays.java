package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import io.github.palimpsest.testing.JpaProvider;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.MapKeyColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Arrays of other than bytes and characters, and arrays as elements. */
public final class Arrays implements Kinds {
  private static final String SERIALIZED =
      "EclipseLink stores the Java serialization (Jakarta Persistence 3.1 §2.8: any other type that implements Serializable), Hibernate an array of SQL";

  @Entity(name = "Shelf")
  @Audited
  static class Shelf {
    @Id Integer id;
    String[] texts;
    int[] numbers;
    Double[] weights;
    boolean[] flags;
    LocalDate[] days;

    static List<Kind<?>> kinds() {
      return List.of(
          kind(
              "String[]",
              "texts",
              (e, it) -> e.texts = it,
              new String[] {"b", null, "a\""},
              "[\"b\",null,\"a\\\"\"]",
              new String[] {"b"},
              "[\"b\"]"),
          kind(
                  "int[]",
                  "numbers",
                  (e, it) -> e.numbers = it,
                  new int[] {2, 1},
                  "[2,1]",
                  new int[0],
                  "[]")
              .change("in place", e -> e.numbers[0] = 7, "{\"numbers\":[7,1]}")
              .on(JpaProvider.ECLIPSELINK, SERIALIZED, update("numbers", new int[] {7, 1})),
          kind(
              "Double[]",
              "weights",
              (e, it) -> e.weights = it,
              new Double[] {0.5, Double.NaN},
              "[0.5,\"NaN\"]",
              new Double[] {0.5, null},
              "[0.5,null]"),
          kind(
              "boolean[]",
              "flags",
              (e, it) -> e.flags = it,
              new boolean[] {true, false},
              "[true,false]",
              new boolean[] {false, true},
              "[false,true]"),
          kind(
              "LocalDate[]",
              "days",
              (e, it) -> e.days = it,
              new LocalDate[] {LocalDate.of(2020, 2, 29)},
              "[\"2020-02-29\"]",
              new LocalDate[] {LocalDate.of(1500, 1, 1)},
              "[\"1500-01-01\"]"));
    }

    private static <V> Kind<Shelf> kind(
        String type,
        String attribute,
        BiConsumer<Shelf, V> set,
        V first,
        String firstJson,
        V second,
        String secondJson) {
      return Kind.of(
              type,
              Shelf.class,
              (em, n) -> {
                Shelf made = new Shelf();
                made.id = n;
                set.accept(made, first);
                return made;
              },
              "{\"%s\":%s}".formatted(attribute, firstJson))
          .on(
              JpaProvider.ECLIPSELINK,
              SERIALIZED,
              "persist Shelf/$n {\"%s\":%s}".formatted(attribute, serialized(first)))
          .change(
              "another value",
              e -> set.accept(e, second),
              "{\"%s\":%s}".formatted(attribute, secondJson))
          .on(JpaProvider.ECLIPSELINK, SERIALIZED, update(attribute, second))
          .noChange("same value again", e -> set.accept(e, first))
          .change("to null", e -> set.accept(e, null), "{\"%s\":null}".formatted(attribute));
    }

    private static String update(String attribute, Object value) {
      return "update Shelf/$n {\"%s\":%s}".formatted(attribute, serialized(value));
    }

    private static String serialized(Object value) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(value);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return '"' + Base64.getEncoder().encodeToString(bytes.toByteArray()) + '"';
    }
  }

  @Entity(name = "Film")
  @Audited
  static class Film {
    @Id Integer id;

    @ElementCollection
    @Column(name = "element")
    List<byte[]> frames = new ArrayList<>();

    @ElementCollection
    @MapKeyColumn(name = "frame_key")
    @Column(name = "element")
    Map<String, byte[]> named = new HashMap<>();

    static List<Kind<?>> kinds() {
      return List.of(
          kind(
                  "collection of byte[]",
                  e -> e.frames.addAll(List.of(new byte[] {2}, new byte[] {1})),
                  "\"frames\":[\"AQ==\",\"Ag==\"]")
              .change(
                  "add",
                  e -> e.frames.add(new byte[] {3}),
                  "{\"frames\":[\"AQ==\",\"Ag==\",\"Aw==\"]}")
              .change(
                  "remove",
                  e -> e.frames.removeIf(frame -> frame[0] == 2),
                  "{\"frames\":[\"AQ==\"]}")
              .change("clear", e -> e.frames.clear(), "{\"frames\":[]}"),
          kind("map of byte[]", e -> e.named.put("a", new byte[] {1}), "\"named\":{\"a\":\"AQ==\"}")
              .change(
                  "put",
                  e -> e.named.put("b", new byte[] {2}),
                  "{\"named\":{\"a\":\"AQ==\",\"b\":\"Ag==\"}}")
              .change(
                  "replace a value",
                  e -> e.named.put("a", new byte[] {3}),
                  "{\"named\":{\"a\":\"Aw==\"}}"));
    }

    private static Kind<Film> kind(String name, Consumer<Film> fill, String json) {
      return Kind.of(
          name,
          Film.class,
          (em, n) -> {
            Film made = new Film();
            made.id = n;
            fill.accept(made);
            return made;
          },
          "{" + json + "}");
    }
  }

  @Override
  public String title() {
    return "Arrays";
  }

  @Override
  public List<Kind<?>> kinds() {
    return Kinds.list(Shelf.kinds(), Film.kinds());
  }
}
