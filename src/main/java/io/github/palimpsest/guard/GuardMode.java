package io.github.palimpsest.guard;

/** What becomes of a change of an audited row that no captured event accounts for. */
public enum GuardMode {
  /** An event with the source {@code database} records it. */
  RECORD,
  /** The transaction is refused at its commit. */
  STRICT
}
