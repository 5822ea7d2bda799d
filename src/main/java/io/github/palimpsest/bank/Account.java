package io.github.palimpsest.bank;

import io.github.palimpsest.Audited;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.math.BigDecimal;

/** An account; its balance never falls below 0. */
@Entity
@Audited
class Account {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "owner_id", nullable = false)
  private Owner owner;

  // always with the decimals of its column, so that what is captured is what is stored
  @Column(precision = 19, scale = Amount.DECIMALS)
  private BigDecimal balance = BigDecimal.ZERO.setScale(Amount.DECIMALS);

  @Version private long version;

  @SuppressWarnings("NullAway.Init") // Jakarta Persistence fills the fields
  protected Account() {}

  Account(Owner owner) {
    this.owner = owner;
  }

  /** Adds the amount, or leaves the account alone and returns false if the sum does not fit. */
  boolean deposit(Amount amount) {
    return changeBalance(balance.add(amount.value()));
  }

  /** Takes the amount away, or leaves the account alone and returns false if it holds less. */
  boolean withdraw(Amount amount) {
    return changeBalance(balance.subtract(amount.value()));
  }

  private boolean changeBalance(BigDecimal changed) {
    if (changed.signum() < 0 || !Amount.fits(changed)) {
      return false;
    }
    balance = changed.setScale(Amount.DECIMALS);
    return true;
  }

  void moveTo(Owner other) {
    owner = other;
  }

  long id() {
    return id;
  }

  Owner owner() {
    return owner;
  }

  BigDecimal balance() {
    return balance;
  }

  long version() {
    return version;
  }
}
