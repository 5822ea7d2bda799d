package io.github.palimpsest.evolution;

import io.github.palimpsest.Audited;
import io.github.palimpsest.StateUpcaster;
import io.github.palimpsest.Upcaster;
import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import jakarta.persistence.Column;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The third version, in German: the content types are called Kunde and Konto, the owner of an
 * account its Inhaber, and the currency in its title has an attribute of its own.
 */
final class Third {
  static final String[] MIGRATION = {
    "alter table customer rename to kunde",
    "alter table account rename to konto",
    "alter table konto rename owner_id to inhaber_id",
    "alter table konto add currency text",
    "update konto set currency = split_part(title, ' ', 2), title = split_part(title, ' ', 1)"
  };

  private Third() {}

  @Entity(name = "Kunde")
  @Table(name = "kunde")
  @Audited(
      contentType = "Kunde",
      formerly = {"Customer", "Client"},
      schemaVersion = 2)
  @Inheritance
  @DiscriminatorColumn(name = "kind")
  @DiscriminatorValue("person")
  static class Kunde {
    @Id long id;
    @Nullable String name;
  }

  @Entity(name = "Company")
  @Audited(schemaVersion = 2)
  @DiscriminatorValue("company")
  static class Company extends Kunde {
    @Nullable String vat;
  }

  @Entity(name = "Konto")
  @Table(name = "konto")
  @Audited(contentType = "Konto", formerly = "Account", schemaVersion = 3)
  static class Konto {
    @Id long id;
    @Nullable String title;
    @Nullable String currency;

    @Column(precision = 12, scale = 2)
    @Nullable BigDecimal amount;

    @ManyToOne @Nullable Kunde inhaber;
  }

  /** Splits one attribute into two and renames another. */
  @Upcaster(contentType = "Konto", from = 2)
  public static final class AccountCurrency implements StateUpcaster {
    public AccountCurrency() {}

    @Override
    public JsonObject upcast(JsonObject state) {
      JsonObject renamed = Second.renamed(state, "owner", "inhaber");
      if (!state.containsKey("title")) {
        return renamed;
      }
      String[] parts = state.getString("title").split(" ", 2);
      return JsonProvider.provider()
          .createObjectBuilder(renamed)
          .add("title", parts[0])
          .add("currency", parts[1])
          .build();
    }
  }
}
