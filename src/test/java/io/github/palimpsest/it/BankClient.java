package io.github.palimpsest.it;

import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** The demo bank and the history of its accounts, as a teller and an auditor use them. */
record BankClient(Http teller, Http reader, Http restorer) {
  long createOwner(String name) {
    Answer answer = teller.post("/bank/owners", "{\"name\":\"%s\"}".formatted(name)).expect(201);
    return id(answer);
  }

  long createAccount(long owner) {
    return id(teller.post("/bank/accounts", "{\"owner\":%d}".formatted(owner)).expect(201));
  }

  /** Creates an account with an owner of its own. */
  long createAccount() {
    return createAccount(createOwner("Ada"));
  }

  Answer deposit(long account, String amount, String... headers) {
    return move(account, "deposits", amount, headers);
  }

  Answer withdraw(long account, String amount, String... headers) {
    return move(account, "withdrawals", amount, headers);
  }

  private Answer move(long account, String what, String amount, String... headers) {
    return teller.post(
        "/bank/accounts/%d/%s".formatted(account, what),
        "{\"amount\":%s}".formatted(amount),
        headers);
  }

  Answer transfer(long from, long to, String amount) {
    return teller.post(
        "/bank/transfers", "{\"from\":%d,\"to\":%d,\"amount\":%s}".formatted(from, to, amount));
  }

  Answer delete(long account) {
    return teller.delete("/bank/accounts/" + account);
  }

  Answer get(long account) {
    return teller.get("/bank/accounts/" + account);
  }

  BigDecimal balance(long account) {
    return get(account).expect(200).json().getJsonNumber("balance").bigDecimalValue();
  }

  Answer state(long account) {
    return reader.get("/audit/types/Account/" + account);
  }

  Answer state(long account, Instant asOf) {
    return reader.get("/audit/types/Account/%d?asOf=%s".formatted(account, asOf));
  }

  BigDecimal balance(long account, Instant asOf) {
    return state(account, asOf)
        .expect(200)
        .json()
        .getJsonObject("state")
        .getJsonNumber("balance")
        .bigDecimalValue();
  }

  List<JsonObject> events(long account) {
    return reader
        .get("/audit/types/Account/%d/events?limit=1000".formatted(account))
        .expect(200)
        .items();
  }

  Answer restore(long account, Instant asOf, String... headers) {
    return restorer.post(
        "/audit/types/Account/%d/restore".formatted(account), request(asOf, false), headers);
  }

  Answer tryRestore(long account, Instant asOf) {
    return restorer.post("/audit/types/Account/%d/restore".formatted(account), request(asOf, true));
  }

  Answer restoreAll(Instant asOf) {
    return restorer.post("/audit/types/Account/restore", request(asOf, false));
  }

  static String request(Instant asOf, boolean dryRun) {
    return "{\"asOf\":\"%s\",\"reason\":\"after an accident\",\"dryRun\":%s}"
        .formatted(asOf, dryRun);
  }

  private static long id(Answer answer) {
    return answer.json().getJsonNumber("id").longValueExact();
  }
}
