package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import io.github.palimpsest.testing.JpaProvider;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Enums and converters. */
public final class Converted implements Kinds {
  public enum Suit {
    HEARTS,
    SPADES {
      @Override
      boolean isBlack() {
        return true;
      }
    };

    boolean isBlack() {
      return false;
    }
  }

  /** A mutable type of the application. */
  public static final class Money implements Serializable {
    private static final long serialVersionUID = 1L;

    long cents;

    Money(long cents) {
      this.cents = cents;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Money money && money.cents == cents;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(cents);
    }
  }

  @Converter(autoApply = true)
  public static class MoneyConverter implements AttributeConverter<Money, Long> {
    @Override
    public Long convertToDatabaseColumn(Money money) {
      return money == null ? null : money.cents;
    }

    @Override
    public Money convertToEntityAttribute(Long cents) {
      return cents == null ? null : new Money(cents);
    }
  }

  @Converter
  public static class YesNo implements AttributeConverter<Boolean, String> {
    @Override
    public String convertToDatabaseColumn(Boolean truth) {
      return truth == null ? "?" : truth ? "Y" : "N";
    }

    @Override
    public Boolean convertToEntityAttribute(String text) {
      return "Y".equals(text) ? Boolean.TRUE : "N".equals(text) ? Boolean.FALSE : null;
    }
  }

  @Converter
  public static class SuitLetter implements AttributeConverter<Suit, String> {
    @Override
    public String convertToDatabaseColumn(Suit suit) {
      return suit == null ? null : suit.name().substring(0, 1);
    }

    @Override
    public Suit convertToEntityAttribute(String text) {
      return text == null ? null : text.equals("H") ? Suit.HEARTS : Suit.SPADES;
    }
  }

  @Embeddable
  static class Answer {
    Boolean agreed;

    Answer() {}

    Answer(Boolean agreed) {
      this.agreed = agreed;
    }
  }

  @Entity(name = "ConvertedThing")
  @Audited
  static class Thing {
    @Id Integer id;

    @Enumerated Suit byOrdinal;

    @Enumerated(EnumType.STRING)
    Suit byName;

    @Convert(converter = SuitLetter.class)
    Suit byConverter;

    Money price;

    @Convert(converter = YesNo.class)
    Boolean consent = true;

    @Convert(attributeName = "agreed", converter = YesNo.class)
    @Embedded
    Answer answer = new Answer(true);

    @ElementCollection
    @Convert(converter = YesNo.class)
    Set<Boolean> votes = new HashSet<>();

    @ElementCollection
    @Convert(attributeName = "key", converter = SuitLetter.class)
    @Convert(converter = YesNo.class)
    Map<Suit, Boolean> bids = new HashMap<>();

    private static Thing make(int n) {
      Thing made = new Thing();
      made.id = n;
      return made;
    }

    static List<Kind<?>> kinds() {
      return List.of(
          kind("enum by ordinal", "\"byOrdinal\":null")
              .change("value", e -> e.byOrdinal = Suit.SPADES, "{\"byOrdinal\":\"SPADES\"}"),
          Kind.of(
                  "enum by name, a constant with a body",
                  Thing.class,
                  (em, n) -> {
                    Thing made = make(n);
                    made.byName = Suit.SPADES;
                    return made;
                  },
                  state("\"byName\":\"SPADES\""))
              .change("value", e -> e.byName = Suit.HEARTS, "{\"byName\":\"HEARTS\"}")
              .noChange("same value again", e -> e.byName = Suit.SPADES)
              .change("to null", e -> e.byName = null, "{\"byName\":null}"),
          kind("enum by converter", "\"byConverter\":null")
              .change("value", e -> e.byConverter = Suit.SPADES, "{\"byConverter\":\"S\"}"),
          Kind.of(
                  "converter that applies by itself, mutable type",
                  Thing.class,
                  (em, n) -> {
                    Thing made = make(n);
                    made.price = new Money(199);
                    return made;
                  },
                  state("\"price\":199"))
              .change("value", e -> e.price = new Money(200), "{\"price\":200}")
              .noChange("equal value", e -> e.price = new Money(199))
              .change("in place", e -> e.price.cents = 1, "{\"price\":1}")
              .on(JpaProvider.ECLIPSELINK, Columns.NOT_LOOKED_INTO)
              .change("to null", e -> e.price = null, "{\"price\":null}"),
          kind("converter that stores null as a value", "\"votes\":[]")
              .change("value", e -> e.consent = false, "{\"consent\":\"N\"}")
              .change("to null", e -> e.consent = null, "{\"consent\":\"?\"}"),
          kind("converter on an attribute of an embeddable", "\"votes\":[]")
              .change(
                  "replace", e -> e.answer = new Answer(false), "{\"answer\":{\"agreed\":\"N\"}}"),
          kind("converter on an element collection", "\"votes\":[]")
              .change("add", e -> e.votes.add(true), "{\"votes\":[\"Y\"]}")
              .change(
                  "add two", e -> e.votes.addAll(Set.of(true, false)), "{\"votes\":[\"N\",\"Y\"]}"),
          kind("converters on key and value of a map", "\"bids\":{}")
              .change("put", e -> e.bids.put(Suit.SPADES, false), "{\"bids\":{\"S\":\"N\"}}"));
    }

    private static Kind<Thing> kind(String name, String json) {
      return Kind.of(name, Thing.class, (em, n) -> make(n), state(json));
    }

    private static String state(String json) {
      return "{%s,\"consent\":\"Y\",\"answer\":{\"agreed\":\"Y\"}}".formatted(json);
    }
  }

  @Entity(name = "Purse")
  @Audited
  static class Purse {
    @Id Integer id;
    @ElementCollection Set<Money> prices = new HashSet<>();

    static Kind<Purse> kind() {
      return Kind.of(
              "converter that applies by itself to elements",
              Purse.class,
              (em, n) -> {
                Purse made = new Purse();
                made.id = n;
                return made;
              },
              "{}")
          .change("add", e -> e.prices.add(new Money(5)), "{\"prices\":[5]}")
          .limit(
              JpaProvider.ECLIPSELINK,
              "EclipseLink applies a converter by itself to attributes only, which Jakarta Persistence 3.1 §11.1.10 leaves open (3.2 does not: jakartaee/persistence pull request 510); the elements are serialized into a column of text and cannot be read")
          .notInSql(JpaProvider.ECLIPSELINK);
    }
  }

  @Override
  public String title() {
    return "Enums and converters";
  }

  @Override
  public List<Kind<?>> kinds() {
    return Kinds.list(Thing.kinds(), Purse.kind());
  }
}
