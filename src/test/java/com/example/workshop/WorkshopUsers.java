package com.example.workshop;

import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;

/** Whom the workshop knows: each caller has the role of its name, and one password. */
@ApplicationScoped
@BasicAuthenticationMechanismDefinition(realmName = "workshop")
@DeclareRoles({"clerk", "audit-reader", "audit-restorer", "audit-admin"})
public class WorkshopUsers implements IdentityStore {
  /** Called by the container. */
  public WorkshopUsers() {}

  /** Called by the container. */
  public CredentialValidationResult validate(UsernamePasswordCredential credential) {
    return credential.getPasswordAsString().equals("demo")
        ? new CredentialValidationResult(credential.getCaller(), Set.of(credential.getCaller()))
        : CredentialValidationResult.INVALID_RESULT;
  }
}
