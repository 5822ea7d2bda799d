package io.github.palimpsest.bank;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;

/**
 * An owner as HTTP shows it.
 *
 * @param id its number
 * @param name its name
 * @param accounts numbers of its accounts, ascending
 * @param version grows with every change
 */
@JsonbPropertyOrder({"id", "name", "accounts", "version"})
public record OwnerView(long id, String name, List<Long> accounts, long version) {
  public OwnerView {
    accounts = List.copyOf(accounts);
  }

  static OwnerView of(Owner owner) {
    List<Long> accounts = owner.accounts().stream().map(Account::id).toList();
    return new OwnerView(owner.id(), owner.name(), accounts, owner.version());
  }
}
