package io.github.palimpsest.evolution;

import io.github.palimpsest.Audited;
import io.github.palimpsest.StateUpcaster;
import io.github.palimpsest.Upcaster;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
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
 * The second version: the class Customer is called Client and has one name, the label of an account
 * is called its title.
 */
final class Second {
  static final String[] MIGRATION = {
    "alter table customer add name text",
    "update customer set name = first_name || ' ' || last_name",
    "alter table customer drop first_name, drop last_name",
    "alter table account rename label to title"
  };

  private Second() {}

  @Entity(name = "Client")
  @Table(name = "customer")
  @Audited(contentType = "Customer", schemaVersion = 2)
  @Inheritance
  @DiscriminatorColumn(name = "kind")
  @DiscriminatorValue("person")
  static class Client {
    @Id long id;
    @Nullable String name;

    Client() {}

    Client(long id, String name) {
      this.id = id;
      this.name = name;
    }
  }

  @Entity(name = "Company")
  @Audited(schemaVersion = 2)
  @DiscriminatorValue("company")
  static class Company extends Client {
    @Nullable String vat;
  }

  @Entity(name = "Account")
  @Table(name = "account")
  @Audited(schemaVersion = 2)
  static class Account {
    @Id long id;
    @Nullable String title;

    @Column(precision = 12, scale = 2)
    @Nullable BigDecimal amount;

    @ManyToOne @Nullable Client owner;
  }

  /** Merges two attributes into one. */
  static class OneName implements StateUpcaster {
    @Override
    public JsonObject upcast(JsonObject state) {
      JsonObjectBuilder upcast = JsonProvider.provider().createObjectBuilder(state);
      if (state.containsKey("firstName") && state.containsKey("lastName")) {
        upcast.add("name", state.getString("firstName") + " " + state.getString("lastName"));
      }
      return upcast.remove("firstName").remove("lastName").build();
    }
  }

  @Upcaster(contentType = "Customer", from = 1)
  public static final class CustomerName extends OneName {
    public CustomerName() {}
  }

  @Upcaster(contentType = "Company", from = 1)
  public static final class CompanyName extends OneName {
    public CompanyName() {}
  }

  /** Renames an attribute. */
  @Upcaster(contentType = "Account", from = 1)
  public static final class AccountTitle implements StateUpcaster {
    public AccountTitle() {}

    @Override
    public JsonObject upcast(JsonObject state) {
      return renamed(state, "label", "title");
    }
  }

  static JsonObject renamed(JsonObject state, String from, String to) {
    JsonObjectBuilder upcast = JsonProvider.provider().createObjectBuilder();
    state.forEach((name, value) -> upcast.add(name.equals(from) ? to : name, value));
    return upcast.build();
  }
}
