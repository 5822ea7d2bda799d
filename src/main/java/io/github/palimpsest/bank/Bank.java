package io.github.palimpsest.bank;

import io.github.palimpsest.History;
import io.github.palimpsest.Projection;
import io.github.palimpsest.event.Event;
import io.github.palimpsest.rest.ProblemException;
import io.github.palimpsest.rest.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonNumber;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the bank does: each method is one transaction that changes the state and appends what
 * happened. Whoever changes an account locks its row first, and two rows in the order of their ids,
 * so that concurrent changes wait for each other, see each other, and never deadlock.
 */
@ApplicationScoped
@Transactional
class Bank {
  /** The balance of an account as its domain events tell it. */
  static final Projection<BigDecimal> BALANCE = new Projection<>(BigDecimal.ZERO, Bank::add);

  @PersistenceContext(unitName = "bank")
  EntityManager entities;

  @Inject History history;

  OwnerView createOwner(String name) {
    Owner owner = new Owner(name);
    entities.persist(owner);
    entities.flush();
    return OwnerView.of(owner);
  }

  /** Returns all owners by id. */
  List<OwnerView> owners() {
    return entities
        .createQuery(
            "select distinct o from Owner o left join fetch o.accounts order by o.id", Owner.class)
        .getResultStream()
        .map(OwnerView::of)
        .toList();
  }

  OwnerView owner(long id) {
    Owner owner = entities.find(Owner.class, id);
    if (owner == null) {
      throw ProblemException.of(ProblemType.UNKNOWN_OBJECT, "There is no owner %d.".formatted(id));
    }
    return OwnerView.of(owner);
  }

  AccountView createAccount(long ownerId) {
    Account account = new Account(namedOwner(ownerId));
    entities.persist(account);
    entities.flush(); // the database gives the id
    history.of(account).append("created_account", Map.of("id", account.id(), "owner_id", ownerId));
    return AccountView.of(account);
  }

  /** Returns all accounts by id. */
  List<AccountView> accounts() {
    return entities
        .createQuery("select a from Account a order by a.id", Account.class)
        .getResultStream()
        .map(AccountView::of)
        .toList();
  }

  AccountView account(long id) {
    return AccountView.of(existing(id, entities.find(Account.class, id)));
  }

  AccountView changeOwner(long id, long ownerId) {
    Account account = locked(id);
    account.moveTo(namedOwner(ownerId));
    entities.flush();
    return AccountView.of(account);
  }

  void deleteAccount(long id) {
    entities.remove(locked(id));
  }

  AccountView makeDeposit(long id, Amount amount) {
    Account account = locked(id);
    deposit(account, amount);
    return AccountView.of(account);
  }

  AccountView makeWithdrawal(long id, Amount amount) {
    Account account = locked(id);
    withdraw(account, amount);
    return AccountView.of(account);
  }

  TransferView transfer(long fromId, long toId, Amount amount) {
    if (fromId == toId) {
      throw ProblemException.malformedBody("from and to must be two accounts.");
    }
    Account first = locked(Math.min(fromId, toId));
    Account second = locked(Math.max(fromId, toId));
    Account from = first.id() == fromId ? first : second;
    Account to = first.id() == toId ? first : second;
    withdraw(from, amount);
    deposit(to, amount);
    return new TransferView(AccountView.of(from), AccountView.of(to));
  }

  private void deposit(Account account, Amount amount) {
    if (!account.deposit(amount)) {
      throw ProblemException.of(
          ProblemType.CONFLICT, "Account %d cannot hold so much.".formatted(account.id()));
    }
    append(account, "made_deposit", amount.value());
  }

  private void withdraw(Account account, Amount amount) {
    if (!account.withdraw(amount)) {
      throw ProblemException.of(
          ProblemType.CONFLICT, "Account %d holds less than that.".formatted(account.id()));
    }
    append(account, "made_withdrawal", amount.value().negate());
  }

  private void append(Account account, String name, BigDecimal amount) {
    entities.flush(); // the version moves on, and the event of the state comes first
    history.of(account).append(name, Map.of("amount", amount));
  }

  /** Reads the row afresh once no other transaction holds it. */
  private Account locked(long id) {
    return existing(id, entities.find(Account.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  private static Account existing(long id, @Nullable Account account) {
    if (account == null) {
      throw ProblemException.of(
          ProblemType.UNKNOWN_OBJECT, "There is no account %d.".formatted(id));
    }
    return account;
  }

  private Owner namedOwner(long id) {
    Owner owner = entities.find(Owner.class, id);
    if (owner == null) {
      throw ProblemException.malformedBody("owner must exist, there is no owner %d.".formatted(id));
    }
    return owner;
  }

  private static BigDecimal add(BigDecimal sum, Event event) {
    JsonNumber amount = event.body().getJsonNumber("amount");
    return amount == null ? sum : sum.add(amount.bigDecimalValue());
  }
}
