package io.github.palimpsest.capture;

import jakarta.transaction.TransactionSynchronizationRegistry;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Where the container tells of the JTA transaction of the thread that asks. */
public final class JtaRegistry {
  private static final String NAME = "java:comp/TransactionSynchronizationRegistry";

  private JtaRegistry() {}

  /**
   * Returns it.
   *
   * @throws IllegalStateException if there is none
   */
  @SuppressWarnings("BanJNDI") // a constant name of the specification, no input
  public static TransactionSynchronizationRegistry find() {
    try {
      return InitialContext.doLookup(NAME);
    } catch (NamingException e) {
      throw new IllegalStateException("There is no " + NAME, e);
    }
  }
}
