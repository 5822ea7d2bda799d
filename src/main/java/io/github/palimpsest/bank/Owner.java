package io.github.palimpsest.bank;

import io.github.palimpsest.Audited;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;

/** Someone who owns accounts. */
@Entity
@Audited
class Owner {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  private String name;

  @OneToMany(mappedBy = "owner")
  @OrderBy("id")
  private List<Account> accounts = new ArrayList<>();

  @Version private long version;

  @SuppressWarnings("NullAway.Init") // Jakarta Persistence fills the fields
  protected Owner() {}

  Owner(String name) {
    this.name = name;
  }

  long id() {
    return id;
  }

  String name() {
    return name;
  }

  /** Returns the accounts by id, as they were when first read in this transaction. */
  List<Account> accounts() {
    return List.copyOf(accounts);
  }

  long version() {
    return version;
  }
}
