package io.github.palimpsest.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.Operation;
import io.github.palimpsest.event.Provenance;
import io.github.palimpsest.event.StreamId;
import jakarta.json.Json;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of an account and the projection that must agree with it. */
class BalanceTest {
  private final Account account = new Account(new Owner("Zoë"));

  @Test
  void deposits_and_withdrawals_add_up() {
    assertThat(account.deposit(amount("50"))).isTrue();
    assertThat(account.deposit(amount("125"))).isTrue();
    assertThat(account.withdraw(amount("75"))).isTrue();

    assertThat(account.balance()).hasToString("100.000000");
  }

  @Test
  void all_of_it_can_be_taken_and_nothing_more() {
    account.deposit(amount("50"));

    assertThat(account.withdraw(amount("50.000001"))).isFalse();
    assertThat(account.withdraw(amount("50"))).isTrue();
    assertThat(account.balance()).hasToString("0.000000");
  }

  @Test
  void what_does_not_fit_into_the_column_is_not_put_on_it() {
    account.deposit(amount("9999999999999.999999"));

    assertThat(account.deposit(amount("0.000001"))).isFalse();
    assertThat(account.balance()).hasToString("9999999999999.999999");
  }

  @Test
  void the_projection_sums_the_amounts_of_the_domain_events() {
    BigDecimal balance =
        Stream.of("{\"id\":7,\"owner_id\":1}", "{\"amount\":50.0}", "{\"amount\":-12.34}")
            .map(BalanceTest::event)
            .reduce(Bank.BALANCE.initial(), Bank.BALANCE.fold(), BigDecimal::add);

    assertThat(balance).hasToString("37.66");
  }

  private static Event event(String body) {
    return new Event(
        1,
        Instant.EPOCH,
        1,
        new StreamId("Account", "7"),
        Operation.DOMAIN,
        "made_deposit",
        "application",
        new Provenance("teller", null, null),
        1,
        Json.createReader(new StringReader(body)).readObject());
  }

  private static Amount amount(String number) {
    return new Amount(new BigDecimal(number));
  }
}
