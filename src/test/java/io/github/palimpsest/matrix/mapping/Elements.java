package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import io.github.palimpsest.testing.JpaProvider;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.MapKeyEnumerated;
import jakarta.persistence.OrderColumn;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** Element collections and maps. */
public final class Elements implements Kinds {
  /** Of equal elements in an order. */
  static final String BOTH =
      "where one of two equal elements goes and the other stays in its place, EclipseLink deletes the rows of both (DirectCollectionMapping.compareListsForChange leaves null where its comment asks for an empty set)";

  enum Season {
    SUMMER,
    WINTER
  }

  @Embeddable
  public static class Coin {
    String name;
    Integer cents;

    public Coin() {}

    Coin(String name, Integer cents) {
      this.name = name;
      this.cents = cents;
    }

    void rename(String other) {
      name = other;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Coin it
          && Objects.equals(name, it.name)
          && Objects.equals(cents, it.cents);
    }

    @Override
    public int hashCode() {
      return Objects.hash(name, cents);
    }
  }

  @Entity(name = "Bag")
  @Audited
  static class Bag {
    @Id Integer id;

    @ElementCollection
    @Column(name = "element")
    List<String> texts = new ArrayList<>();

    @ElementCollection
    @CollectionTable(name = "bag_ordered")
    @Column(name = "element")
    @OrderColumn(name = "place")
    List<String> ordered = new ArrayList<>();

    @ElementCollection
    @Column(name = "element")
    Set<String> unique = new HashSet<>();

    @ElementCollection
    @Column(name = "element")
    Collection<Integer> numbers = new ArrayList<>();

    @ElementCollection
    @Column(name = "element")
    Set<Double> floats = new HashSet<>();

    @ElementCollection
    @Column(name = "element", precision = 10, scale = 2)
    Set<BigDecimal> decimals = new HashSet<>();

    @ElementCollection
    @Enumerated(EnumType.STRING)
    @Column(name = "element")
    Set<Season> seasons = new HashSet<>();

    @ElementCollection
    @Column(name = "element")
    Set<LocalDate> days = new HashSet<>();

    @ElementCollection
    @Lob
    @Column(name = "element")
    List<String> lobs = new ArrayList<>();

    @ElementCollection List<Coin> coins = new ArrayList<>();

    @ElementCollection
    @CollectionTable(name = "bag_coin_order")
    @AttributeOverride(name = "name", column = @Column(name = "coin_name"))
    @OrderColumn(name = "place")
    List<Coin> coinsInOrder = new ArrayList<>();

    static List<Kind<?>> kinds() {
      return List.of(
          kind(
                  "bag of String",
                  e -> e.texts.addAll(List.of("b", "a", "a")),
                  "\"texts\":[\"a\",\"a\",\"b\"]")
              .change(
                  "add a duplicate", e -> e.texts.add("b"), "{\"texts\":[\"a\",\"a\",\"b\",\"b\"]}")
              .change("remove one of two", e -> e.texts.remove("a"), "{\"texts\":[\"a\",\"b\"]}")
              .change("clear", e -> e.texts.clear(), "{\"texts\":[]}")
              .noChange("reorder, which is not stored", e -> e.texts.sort(null))
              .noChange("replace by an equal list", e -> e.texts = new ArrayList<>(e.texts)),
          kind(
                  "list with @OrderColumn",
                  e -> e.ordered.addAll(List.of("b", "a", "c")),
                  "\"ordered\":[\"b\",\"a\",\"c\"]")
              .change(
                  "add first",
                  e -> e.ordered.add(0, "0"),
                  "{\"ordered\":[\"0\",\"b\",\"a\",\"c\"]}")
              .change("remove", e -> e.ordered.remove(1), "{\"ordered\":[\"b\",\"c\"]}")
              .change("sort", e -> e.ordered.sort(null), "{\"ordered\":[\"a\",\"b\",\"c\"]}")
              .change("set", e -> e.ordered.set(2, "x"), "{\"ordered\":[\"b\",\"a\",\"x\"]}")
              .noChange(
                  "clear and add again",
                  e -> {
                    List<String> all = new ArrayList<>(e.ordered);
                    e.ordered.clear();
                    e.ordered.addAll(all);
                  }),
          kind(
                  "list with @OrderColumn and an element twice",
                  e -> e.ordered.addAll(List.of("a", "b", "a")),
                  "\"ordered\":[\"a\",\"b\",\"a\"]")
              .change("add", e -> e.ordered.add("b"), "{\"ordered\":[\"a\",\"b\",\"a\",\"b\"]}")
              .change(
                  "swap ends",
                  e -> {
                    e.ordered.set(0, "b");
                    e.ordered.set(1, "a");
                  },
                  "{\"ordered\":[\"b\",\"a\",\"a\"]}")
              .change("remove the last", e -> e.ordered.remove(2), "{\"ordered\":[\"a\",\"b\"]}")
              .on(JpaProvider.ECLIPSELINK, BOTH, "update Bag/$n {\"ordered\":[\"b\"]}"),
          kind("set of String", e -> e.unique.add("a"), "\"unique\":[\"a\"]")
              .change("add", e -> e.unique.add("'\"\\"), "{\"unique\":[\"'\\\"\\\\\",\"a\"]}")
              .noChange("add what is there", e -> e.unique.add("a"))
              .change(
                  "replace the set",
                  e -> e.unique = new HashSet<>(Set.of("x")),
                  "{\"unique\":[\"x\"]}")
              .change("to null", e -> e.unique = null, "{\"unique\":[]}"),
          kind("collection of Integer", e -> e.numbers.addAll(List.of(10, 9)), "\"numbers\":[9,10]")
              .change("add", e -> e.numbers.add(-1), "{\"numbers\":[-1,9,10]}"),
          kind(
                  "set of Double",
                  e -> e.floats.addAll(List.of(1e10, 9.5)),
                  "\"floats\":[9.5,10000000000]")
              .change(
                  "add",
                  e -> e.floats.addAll(List.of(-0.25, Double.NaN)),
                  "{\"floats\":[\"NaN\",-0.25,9.5,10000000000]}"),
          kind(
                  "set of BigDecimal",
                  e -> e.decimals.add(new BigDecimal("10.5")),
                  "\"decimals\":[10.50]")
              .change(
                  "add", e -> e.decimals.add(new BigDecimal("9")), "{\"decimals\":[9.00,10.50]}"),
          kind("set of enum", e -> e.seasons.add(Season.WINTER), "\"seasons\":[\"WINTER\"]")
              .change(
                  "add",
                  e -> e.seasons.add(Season.SUMMER),
                  "{\"seasons\":[\"SUMMER\",\"WINTER\"]}"),
          kind(
                  "set of LocalDate",
                  e -> e.days.add(LocalDate.of(2020, 2, 29)),
                  "\"days\":[\"2020-02-29\"]")
              .change(
                  "replace",
                  e -> {
                    e.days.clear();
                    e.days.add(LocalDate.of(1500, 1, 1));
                  },
                  "{\"days\":[\"1500-01-01\"]}"),
          kind("list of @Lob", e -> e.lobs.add("l"), "\"lobs\":[\"l\"]")
              .change("add", e -> e.lobs.add("m"), "{\"lobs\":[\"l\",\"m\"]}"),
          kind(
                  "list of embeddable",
                  e -> e.coins.addAll(List.of(new Coin("b", 1), new Coin("a", null))),
                  "\"coins\":[{\"cents\":1,\"name\":\"b\"},{\"cents\":null,\"name\":\"a\"}]")
              .change(
                  "add",
                  e -> e.coins.add(new Coin("c", 2)),
                  "{\"coins\":[{\"cents\":1,\"name\":\"b\"},{\"cents\":2,\"name\":\"c\"},{\"cents\":null,\"name\":\"a\"}]}")
              .change(
                  "remove",
                  e -> e.coins.removeIf(coin -> "b".equals(coin.name)),
                  "{\"coins\":[{\"cents\":null,\"name\":\"a\"}]}")
              .change(
                  "in place",
                  e -> e.coins.forEach(coin -> coin.rename("z")),
                  "{\"coins\":[{\"cents\":1,\"name\":\"z\"},{\"cents\":null,\"name\":\"z\"}]}"),
          kind(
                  "list of embeddable with @OrderColumn, columns overridden",
                  e -> e.coinsInOrder.addAll(List.of(new Coin("b", 1), new Coin("a", 2))),
                  "\"coinsInOrder\":[{\"cents\":1,\"name\":\"b\"},{\"cents\":2,\"name\":\"a\"}]")
              .change(
                  "move",
                  e -> e.coinsInOrder.add(e.coinsInOrder.remove(0)),
                  "{\"coinsInOrder\":[{\"cents\":2,\"name\":\"a\"},{\"cents\":1,\"name\":\"b\"}]}"));
    }

    private static Kind<Bag> kind(String name, Consumer<Bag> fill, String json) {
      return Kind.of(
          name,
          Bag.class,
          (em, n) -> {
            Bag made = new Bag();
            made.id = n;
            fill.accept(made);
            return made;
          },
          "{" + json + "}");
    }
  }

  @Entity(name = "Seller")
  static class Seller {
    @Id String id;

    static Seller persisted(EntityManager em, String id) {
      Seller made = new Seller();
      made.id = id;
      em.persist(made);
      return made;
    }
  }

  @Embeddable
  static class Deal {
    Integer amount;
    @ManyToOne Seller seller;

    Deal() {}

    Deal(Integer amount, Seller seller) {
      this.amount = amount;
      this.seller = seller;
    }
  }

  @Entity(name = "Ledger")
  @Audited
  static class Ledger {
    @Id Integer id;

    @ElementCollection
    @MapKeyColumn(name = "text_key")
    @Column(name = "element")
    Map<String, String> texts = new HashMap<>();

    @ElementCollection
    @MapKeyColumn(name = "number_key")
    @Column(name = "element")
    Map<Integer, Long> numbers = new HashMap<>();

    @ElementCollection
    @MapKeyEnumerated(EnumType.STRING)
    @MapKeyColumn(name = "season_key")
    @Column(name = "element")
    Map<Season, String> seasons = new HashMap<>();

    @ElementCollection
    @MapKeyColumn(name = "day_key")
    @Column(name = "element")
    Map<LocalDate, String> days = new HashMap<>();

    @ElementCollection
    @MapKeyColumn(name = "coin_key")
    Map<String, Coin> coins = new HashMap<>();

    @ElementCollection
    @MapKeyColumn(name = "deal_key")
    Map<String, Deal> deals = new HashMap<>();

    @ManyToMany
    @MapKeyColumn(name = "seller_key")
    Map<String, Seller> sellers = new HashMap<>();

    static List<Kind<?>> kinds() {
      return List.of(
          kind(
                  "map of basic key and value",
                  (em, e, n) -> e.texts.put("a/\"", "1"),
                  "\"texts\":{\"a/\\\"\":\"1\"}")
              .change(
                  "put", e -> e.texts.put("b", "2"), "{\"texts\":{\"a/\\\"\":\"1\",\"b\":\"2\"}}")
              .change(
                  "replace a value",
                  e -> e.texts.put("a/\"", "x"),
                  "{\"texts\":{\"a/\\\"\":\"x\"}}")
              .change("remove", e -> e.texts.remove("a/\""), "{\"texts\":{}}")
              .change(
                  "another key",
                  e -> e.texts.put("k", e.texts.remove("a/\"")),
                  "{\"texts\":{\"k\":\"1\"}}")
              .noChange("put the same again", e -> e.texts.put("a/\"", "1")),
          kind("map by Integer", (em, e, n) -> e.numbers.put(10, 1L), "\"numbers\":{\"10\":1}")
              .change("put", e -> e.numbers.put(9, 2L), "{\"numbers\":{\"9\":2,\"10\":1}}"),
          kind(
                  "map by enum",
                  (em, e, n) -> e.seasons.put(Season.WINTER, "w"),
                  "\"seasons\":{\"WINTER\":\"w\"}")
              .change(
                  "put",
                  e -> e.seasons.put(Season.SUMMER, "s"),
                  "{\"seasons\":{\"SUMMER\":\"s\",\"WINTER\":\"w\"}}"),
          kind(
                  "map by LocalDate",
                  (em, e, n) -> e.days.put(LocalDate.of(2020, 1, 1), "d"),
                  "\"days\":{\"2020-01-01\":\"d\"}")
              .change(
                  "replace a value",
                  e -> e.days.put(LocalDate.of(2020, 1, 1), "e"),
                  "{\"days\":{\"2020-01-01\":\"e\"}}"),
          kind(
                  "map of embeddables",
                  (em, e, n) -> e.coins.put("a", new Coin("x", 1)),
                  "\"coins\":{\"a\":{\"cents\":1,\"name\":\"x\"}}")
              .change(
                  "replace a value",
                  e -> e.coins.put("a", new Coin("y", 2)),
                  "{\"coins\":{\"a\":{\"cents\":2,\"name\":\"y\"}}}")
              .change(
                  "in place",
                  e -> e.coins.get("a").rename("z"),
                  "{\"coins\":{\"a\":{\"cents\":1,\"name\":\"z\"}}}")
              .change("remove", e -> e.coins.remove("a"), "{\"coins\":{}}"),
          kind(
                  "map of embeddables with a relation",
                  (em, e, n) -> e.deals.put("a", new Deal(1, Seller.persisted(em, "a" + n))),
                  "\"deals\":{\"a\":{\"amount\":1,\"seller\":\"a$n\"}}")
              .change(
                  "put",
                  (em, e, n) -> e.deals.put("b", new Deal(2, em.find(Seller.class, "a" + n))),
                  "{\"deals\":{\"a\":{\"amount\":1,\"seller\":\"a$n\"},\"b\":{\"amount\":2,\"seller\":\"a$n\"}}}"),
          kind(
                  "map of entities, key in a column",
                  (em, e, n) -> e.sellers.put("k", Seller.persisted(em, "a" + n)),
                  "\"sellers\":{\"k\":\"a$n\"}")
              .change(
                  "put",
                  (em, e, n) -> e.sellers.put("l", Seller.persisted(em, "b" + n)),
                  "{\"sellers\":{\"k\":\"a$n\",\"l\":\"b$n\"}}")
              .change(
                  "replace a value",
                  (em, e, n) -> e.sellers.put("k", Seller.persisted(em, "b" + n)),
                  "{\"sellers\":{\"k\":\"b$n\"}}")
              .change("remove", (em, e, n) -> e.sellers.remove("k"), "{\"sellers\":{}}"));
    }

    private static Kind<Ledger> kind(String name, Kind.Work<Ledger> fill, String json) {
      return Kind.of(
          name,
          Ledger.class,
          (em, n) -> {
            Ledger made = new Ledger();
            made.id = n;
            fill.on(em, made, n);
            return made;
          },
          "{" + json + "}");
    }
  }

  @Override
  public String title() {
    return "Element collections, and maps by a basic key";
  }

  @Override
  public List<Kind<?>> kinds() {
    return Kinds.list(Bag.kinds(), Ledger.kinds());
  }
}
