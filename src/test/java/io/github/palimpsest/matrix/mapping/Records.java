package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import io.github.palimpsest.testing.JpaProvider;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records as embeddables. */
public final class Records implements Kinds {
  @Embeddable
  record Price(@Column(precision = 10, scale = 2) BigDecimal amount, String currency) {}

  @Embeddable
  record Offer(Price price, String text) {}

  @Embeddable
  record Slot(int day, String room) {}

  @Entity(name = "Ware")
  @Audited
  static class Ware {
    @Id Integer id;
    Offer offer;
    @ElementCollection Set<Price> prices = new HashSet<>();

    static List<Kind<?>> kinds() {
      return List.of(
          Kind.of(
                  "record, nested",
                  Ware.class,
                  (em, n) -> {
                    Ware made = make(n);
                    made.offer = new Offer(new Price(BigDecimal.ONE, "EUR"), "t");
                    return made;
                  },
                  "{\"offer\":{\"price\":{\"amount\":1.00,\"currency\":\"EUR\"},\"text\":\"t\"}}")
              .change(
                  "replace",
                  e -> e.offer = new Offer(new Price(BigDecimal.TEN, "USD"), null),
                  "{\"offer\":{\"price\":{\"amount\":10.00,\"currency\":\"USD\"},\"text\":null}}")
              .noChange(
                  "equal value",
                  e -> e.offer = new Offer(new Price(new BigDecimal("1.00"), "EUR"), "t"))
              .change(
                  "inner to null",
                  e -> e.offer = new Offer(null, "u"),
                  "{\"offer\":{\"price\":null,\"text\":\"u\"}}")
              .change("to null", e -> e.offer = null, "{\"offer\":null}"),
          Kind.of("element collection of records", Ware.class, (em, n) -> make(n), "{}")
              .change(
                  "add",
                  e -> e.prices.add(new Price(BigDecimal.ONE, "EUR")),
                  "{\"prices\":[{\"amount\":1.00,\"currency\":\"EUR\"}]}"));
    }

    private static Ware make(int n) {
      Ware made = new Ware();
      made.id = n;
      return made;
    }
  }

  @Entity(name = "Booking")
  @Audited
  static class Booking {
    @EmbeddedId Slot id;
    String guest;

    static Kind<Booking> kind() {
      return Kind.of(
              "record as @EmbeddedId",
              Booking.class,
              (em, n) -> {
                Booking made = new Booking();
                made.id = new Slot(n, "a");
                return made;
              },
              "{\"day\":$n,\"room\":\"a\"}",
              "{}")
          .change("an attribute", e -> e.guest = "x", "{\"guest\":\"x\"}");
    }
  }

  @Override
  public String title() {
    return "Records";
  }

  @Override
  public Map<JpaProvider, String> limits() {
    return Map.of(
        JpaProvider.ECLIPSELINK,
        "an embeddable class must have a constructor without arguments and must not be final"
            + " (Jakarta Persistence 3.1 §2.5, §2.1): a record has neither");
  }

  @Override
  public List<Kind<?>> kinds() {
    return Kinds.list(Ware.kinds(), Booking.kind());
  }
}
