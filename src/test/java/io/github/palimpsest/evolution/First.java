package io.github.palimpsest.evolution;

import io.github.palimpsest.Audited;
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

/** The first version. */
final class First {
  static final String[] TABLES = {
    """
    create table customer (id bigint primary key, kind text, first_name text, last_name text,
      vat text)
    """,
    """
    create table account (id bigint primary key, label text, amount numeric(12, 2),
      owner_id bigint references customer)
    """
  };

  private First() {}

  @Entity(name = "Customer")
  @Table(name = "customer")
  @Audited
  @Inheritance
  @DiscriminatorColumn(name = "kind")
  @DiscriminatorValue("person")
  static class Customer {
    @Id long id;

    @Column(name = "first_name")
    @Nullable String firstName;

    @Column(name = "last_name")
    @Nullable String lastName;

    Customer() {}

    Customer(long id, String firstName, String lastName) {
      this.id = id;
      this.firstName = firstName;
      this.lastName = lastName;
    }
  }

  @Entity(name = "Company")
  @Audited
  @DiscriminatorValue("company")
  static class Company extends Customer {
    @Nullable String vat;

    Company() {}

    Company(long id, String firstName, String lastName) {
      super(id, firstName, lastName);
    }
  }

  @Entity(name = "Account")
  @Table(name = "account")
  @Audited
  static class Account {
    @Id long id;
    @Nullable String label;

    @Column(precision = 12, scale = 2)
    @Nullable BigDecimal amount;

    @ManyToOne @Nullable Customer owner;

    Account() {}

    Account(long id, String label, @Nullable Customer owner) {
      this.id = id;
      this.label = label;
      this.owner = owner;
    }
  }
}
