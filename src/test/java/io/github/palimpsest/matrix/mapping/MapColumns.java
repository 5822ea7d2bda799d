package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.MapKeyEnumerated;
import jakarta.persistence.MapKeyTemporal;
import jakarta.persistence.OrderBy;
import jakarta.persistence.TemporalType;
import java.util.ArrayList;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** How keys and elements of collections are put into columns. */
@SuppressWarnings("JavaUtilDate") // one of the types that a key may have
public final class MapColumns implements Kinds {
  enum Tide {
    LOW,
    HIGH
  }

  @Embeddable
  public static class Square {
    Integer rank;
    String file;

    public Square() {}

    Square(Integer rank, String file) {
      this.rank = rank;
      this.file = file;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Square it
          && Objects.equals(rank, it.rank)
          && Objects.equals(file, it.file);
    }

    @Override
    public int hashCode() {
      return Objects.hash(rank, file);
    }
  }

  @Entity(name = "Game")
  @Audited
  static class Game {
    @Id Integer id;

    @ElementCollection
    @CollectionTable(name = "game_move")
    @AttributeOverride(name = "key.rank", column = @Column(name = "from_rank"))
    @AttributeOverride(name = "key.file", column = @Column(name = "from_file"))
    @AttributeOverride(name = "value.rank", column = @Column(name = "to_rank"))
    @AttributeOverride(name = "value.file", column = @Column(name = "to_file"))
    Map<Square, Square> moves = new HashMap<>();

    static Kind<Game> kind() {
      return Kind.of(
              "map of embeddables by embeddable, columns overridden",
              Game.class,
              (em, n) -> {
                Game made = new Game();
                made.id = n;
                made.moves.put(new Square(2, "e"), new Square(4, "e"));
                return made;
              },
              "{\"moves\":[[{\"file\":\"e\",\"rank\":2},{\"file\":\"e\",\"rank\":4}]]}")
          .change(
              "put",
              e -> e.moves.put(new Square(7, "d"), new Square(5, "d")),
              "{\"moves\":[[{\"file\":\"d\",\"rank\":7},{\"file\":\"d\",\"rank\":5}],[{\"file\":\"e\",\"rank\":2},{\"file\":\"e\",\"rank\":4}]]}")
          .change(
              "replace a value",
              e -> e.moves.put(new Square(2, "e"), new Square(3, "e")),
              "{\"moves\":[[{\"file\":\"e\",\"rank\":2},{\"file\":\"e\",\"rank\":3}]]}")
          .change("clear", e -> e.moves.clear(), "{\"moves\":[]}");
    }
  }

  @Entity(name = "Board")
  @Audited
  static class Board {
    @Id Integer id;

    @ElementCollection
    @CollectionTable(name = "board_tide")
    @MapKeyEnumerated(EnumType.ORDINAL)
    @MapKeyColumn(name = "tide_key")
    @Column(name = "element")
    Map<Tide, String> tides = new HashMap<>();

    @ElementCollection
    @CollectionTable(name = "board_day")
    @MapKeyTemporal(TemporalType.DATE)
    @MapKeyColumn(name = "day_key")
    @Column(name = "element")
    Map<Date, String> days = new HashMap<>();

    @ElementCollection
    @CollectionTable(name = "board_level")
    @Enumerated(EnumType.ORDINAL)
    @Column(name = "element")
    Set<Tide> levels = new HashSet<>();

    @ElementCollection
    @CollectionTable(name = "board_sorted")
    @Column(name = "element")
    @OrderBy
    List<String> sorted = new ArrayList<>();

    static List<Kind<?>> kinds() {
      return List.of(
          kind(
                  "map by enum by ordinal",
                  e -> e.tides.put(Tide.HIGH, "h"),
                  "\"tides\":{\"HIGH\":\"h\"}")
              .change(
                  "put",
                  e -> e.tides.put(Tide.LOW, "l"),
                  "{\"tides\":{\"HIGH\":\"h\",\"LOW\":\"l\"}}")
              .change(
                  "replace a value",
                  e -> e.tides.put(Tide.HIGH, "x"),
                  "{\"tides\":{\"HIGH\":\"x\"}}")
              .change("remove an entry", e -> e.tides.remove(Tide.HIGH), "{\"tides\":{}}"),
          kind(
                  "map by java.util.Date as DATE",
                  e -> e.days.put(day(2020, 1), "d"),
                  "\"days\":{\"2020-01-01\":\"d\"}")
              .change(
                  "put",
                  e -> e.days.put(day(1999, 2), "e"),
                  "{\"days\":{\"1999-01-02\":\"e\",\"2020-01-01\":\"d\"}}")
              .change("clear", e -> e.days.clear(), "{\"days\":{}}"),
          kind("set of enum by ordinal", e -> e.levels.add(Tide.HIGH), "\"levels\":[\"HIGH\"]")
              .change("add", e -> e.levels.add(Tide.LOW), "{\"levels\":[\"HIGH\",\"LOW\"]}")
              .change("clear", e -> e.levels.clear(), "{\"levels\":[]}"),
          kind(
                  "list with @OrderBy",
                  e -> e.sorted.addAll(List.of("b", "a")),
                  "\"sorted\":[\"a\",\"b\"]")
              .change("add", e -> e.sorted.add("0"), "{\"sorted\":[\"0\",\"a\",\"b\"]}")
              .change("remove one", e -> e.sorted.remove("a"), "{\"sorted\":[\"b\"]}"));
    }

    private static Date day(int year, int day) {
      return new GregorianCalendar(year, 0, day).getTime();
    }

    private static Kind<Board> kind(String name, Consumer<Board> fill, String json) {
      return Kind.of(
          name,
          Board.class,
          (em, n) -> {
            Board made = new Board();
            made.id = n;
            fill.accept(made);
            return made;
          },
          "{" + json + "}");
    }
  }

  /** EclipseLink's schema generation takes the ordinal of an element for a text. */
  @Override
  public List<String> tables() {
    return List.of("create table board_level (board_id integer, element integer)");
  }

  @Override
  public String title() {
    return "Columns of keys and elements";
  }

  @Override
  public List<Kind<?>> kinds() {
    return Kinds.list(Game.kind(), Board.kinds());
  }
}
