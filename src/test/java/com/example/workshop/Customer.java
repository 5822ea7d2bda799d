package com.example.workshop;

import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who brings things in. Has no version. */
@Entity
public class Customer {
  @Id private long id;
  private @Nullable String name;

  @ElementCollection(fetch = FetchType.LAZY)
  private Set<String> phones = new HashSet<>();

  @OneToMany(mappedBy = "customer")
  private List<Repair> repairs = new ArrayList<>();

  /** Called by Jakarta Persistence. */
  public Customer() {}

  Customer(long id, String name) {
    this.id = id;
    this.name = name;
  }

  /** Returns the id. */
  public long getId() {
    return id;
  }

  /** Returns the name. */
  public @Nullable String getName() {
    return name;
  }

  /** Returns the numbers. */
  public Set<String> getPhones() {
    return phones;
  }

  /** Returns what was brought. */
  public List<Repair> getRepairs() {
    return repairs;
  }
}
