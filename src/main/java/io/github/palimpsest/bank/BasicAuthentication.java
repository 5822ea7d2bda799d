package io.github.palimpsest.bank;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * HTTP Basic (RFC 7617). The container's own answers 500 to an empty password and to a header that
 * is no base64; here such a caller is a stranger like any other.
 */
@ApplicationScoped
class BasicAuthentication implements HttpAuthenticationMechanism {
  private static final Pattern BASIC = Pattern.compile("basic +([^ ]+)", Pattern.CASE_INSENSITIVE);

  @Inject IdentityStoreHandler identities;

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    CredentialValidationResult result =
        credential(request.getHeader("Authorization"))
            .map(identities::validate)
            .orElse(CredentialValidationResult.NOT_VALIDATED_RESULT);
    if (result.getStatus() == CredentialValidationResult.Status.VALID) {
      return context.notifyContainerAboutLogin(result);
    }
    return context.isProtected() ? context.responseUnauthorized() : context.doNothing();
  }

  /** Returns who the header says is calling; empty if it says nothing that can be read. */
  static Optional<UsernamePasswordCredential> credential(@Nullable String header) {
    Matcher basic = BASIC.matcher(header == null ? "" : header);
    return basic.matches() ? decode(basic.group(1)) : Optional.empty();
  }

  private static Optional<UsernamePasswordCredential> decode(String base64) {
    try {
      String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(
              new UsernamePasswordCredential(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no base64, so nobody
    }
  }
}
