package io.github.palimpsest.bank;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.math.BigDecimal;

/**
 * An account as HTTP shows it.
 *
 * @param id its number
 * @param owner number of its owner
 * @param balance with at least one decimal
 * @param version grows with every change
 */
@JsonbPropertyOrder({"id", "owner", "balance", "version"})
public record AccountView(long id, long owner, BigDecimal balance, long version) {
  static AccountView of(Account account) {
    return new AccountView(
        account.id(),
        account.owner().id(),
        Amount.normalized(account.balance()),
        account.version());
  }
}
