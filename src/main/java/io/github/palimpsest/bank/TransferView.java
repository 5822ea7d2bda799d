package io.github.palimpsest.bank;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * Both accounts after a transfer.
 *
 * @param from where the amount was taken
 * @param to where it was put
 */
@JsonbPropertyOrder({"from", "to"})
public record TransferView(AccountView from, AccountView to) {}
