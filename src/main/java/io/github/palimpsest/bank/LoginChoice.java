package io.github.palimpsest.bank;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import org.eclipse.microprofile.auth.LoginConfig;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Leaves one of the two ways to log in: {@code bank.authentication} is {@code BASIC}, or {@code
 * MP-JWT} for bearer tokens, whose {@code groups} are the roles (MicroProfile JWT 2.1 §9.2). A
 * server that finds both refuses every request.
 */
public class LoginChoice implements Extension {
  private static final String BEARER = "MP-JWT";

  /** Called by the container. */
  public LoginChoice() {}

  /** The server's own extension looks for the annotation later. */
  void withoutTokens(@Observes @Priority(1) ProcessAnnotatedType<BankApplication> application) {
    if (!isBearer()) {
      application
          .configureAnnotatedType()
          .remove(annotation -> annotation.annotationType() == LoginConfig.class);
    }
  }

  void withoutPasswords(@Observes ProcessAnnotatedType<BasicAuthentication> mechanism) {
    if (isBearer()) {
      mechanism.veto();
    }
  }

  private static boolean isBearer() {
    return ConfigProvider.getConfig()
        .getOptionalValue("bank.authentication", String.class)
        .filter(BEARER::equals)
        .isPresent();
  }
}
