package com.example.depot;

import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;

/** Whom the depot knows: each caller has the role of its name, and one password. */
@ApplicationScoped
@BasicAuthenticationMechanismDefinition(realmName = "depot")
@DeclareRoles({"clerk", "audit-reader", "audit-restorer", "audit-admin"})
public class DepotUsers implements IdentityStore {
  /** Called by the container. */
  public DepotUsers() {}

  /** Called by the container. */
  public CredentialValidationResult validate(UsernamePasswordCredential credential) {
    return credential.getPasswordAsString().equals("demo")
        ? new CredentialValidationResult(credential.getCaller(), Set.of(credential.getCaller()))
        : CredentialValidationResult.INVALID_RESULT;
  }
}
