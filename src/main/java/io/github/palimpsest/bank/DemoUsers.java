package io.github.palimpsest.bank;

import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The users of the demo, who share one password, {@code bank.demo.password}. While that is not set
 * nobody can log in.
 */
@ApplicationScoped
@DeclareRoles({"teller", "audit-reader", "audit-restorer", "audit-admin"})
class DemoUsers implements IdentityStore {
  private static final Map<String, Set<String>> ROLES =
      Map.of(
          "teller", Set.of("teller"),
          "reader", Set.of("audit-reader"),
          "restorer", Set.of("audit-reader", "audit-restorer"),
          "admin", Set.of("teller", "audit-reader", "audit-restorer", "audit-admin"));

  @Inject
  @ConfigProperty(name = "bank.demo.password")
  Optional<String> password;

  @Override
  public CredentialValidationResult validate(Credential credential) {
    if (credential instanceof UsernamePasswordCredential given) {
      Set<String> roles = ROLES.get(given.getCaller());
      if (roles != null && isPassword(given.getPasswordAsString())) {
        return new CredentialValidationResult(given.getCaller(), roles);
      }
    }
    return CredentialValidationResult.INVALID_RESULT;
  }

  /** Takes as long for a wrong password as for the right one, so that time tells nothing. */
  private boolean isPassword(String given) {
    return password
        .filter(expected -> !expected.isBlank())
        .map(expected -> MessageDigest.isEqual(bytes(expected), bytes(given)))
        .orElse(false);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
