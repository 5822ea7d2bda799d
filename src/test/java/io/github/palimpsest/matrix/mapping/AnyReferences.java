package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.DiscriminatorType;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import java.util.List;
import org.eclipse.persistence.annotations.DiscriminatorClass;
import org.eclipse.persistence.annotations.VariableOneToOne;
import org.hibernate.annotations.Any;
import org.hibernate.annotations.AnyDiscriminator;
import org.hibernate.annotations.AnyDiscriminatorValue;
import org.hibernate.annotations.AnyKeyJavaClass;

/**
 * A reference to entities of several types that have a Java interface in common: {@code @Any} of
 * Hibernate, {@code @VariableOneToOne} of EclipseLink.
 */
public final class AnyReferences implements Kinds {
  interface Payment {}

  @Entity(name = "CardPayment")
  static class CardPayment implements Payment {
    @Id Integer id;
    String holder;

    static CardPayment persisted(EntityManager em, int id) {
      CardPayment made = new CardPayment();
      made.id = id;
      em.persist(made);
      return made;
    }
  }

  @Entity(name = "CashPayment")
  static class CashPayment implements Payment {
    @Id Integer id;
    String currency;

    static CashPayment persisted(EntityManager em, int id) {
      CashPayment made = new CashPayment();
      made.id = id;
      em.persist(made);
      return made;
    }
  }

  @Entity(name = "Bill")
  @Audited
  static class Bill {
    @Id Integer id;
    String text;

    @Any(fetch = FetchType.LAZY)
    @AnyDiscriminator(DiscriminatorType.STRING)
    @AnyDiscriminatorValue(discriminator = "card", entity = CardPayment.class)
    @AnyDiscriminatorValue(discriminator = "cash", entity = CashPayment.class)
    @AnyKeyJavaClass(Integer.class)
    @JoinColumn(name = "payment_id", referencedColumnName = "id")
    @VariableOneToOne(
        targetInterface = Payment.class,
        discriminatorColumn =
            @DiscriminatorColumn(name = "payment", discriminatorType = DiscriminatorType.STRING),
        discriminatorClasses = {
          @DiscriminatorClass(discriminator = "card", value = CardPayment.class),
          @DiscriminatorClass(discriminator = "cash", value = CashPayment.class)
        })
    Payment payment;

    static List<Kind<?>> kinds() {
      return List.of(
          Kind.of(
                  "reference to entities of several types",
                  Bill.class,
                  (em, n) -> {
                    Bill made = new Bill();
                    made.id = n;
                    made.payment = CardPayment.persisted(em, n);
                    CashPayment.persisted(em, n);
                    return made;
                  },
                  "{\"payment\":{\"type\":\"CardPayment\",\"id\":$n}}")
              .change(
                  "set another of the type",
                  (em, e, n) -> e.payment = CardPayment.persisted(em, -n),
                  "{\"payment\":{\"type\":\"CardPayment\",\"id\":-$n}}")
              .change(
                  "set one of another type",
                  (em, e, n) -> e.payment = em.find(CashPayment.class, n),
                  "{\"payment\":{\"type\":\"CashPayment\",\"id\":$n}}")
              .change("another attribute", e -> e.text = "x", "{\"text\":\"x\"}")
              .change("to null", e -> e.payment = null, "{\"payment\":null}"));
    }
  }

  @Override
  public String title() {
    return "References to entities of several types";
  }

  @Override
  public List<Kind<?>> kinds() {
    return Bill.kinds();
  }
}
