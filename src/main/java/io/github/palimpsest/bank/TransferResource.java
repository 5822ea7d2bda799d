package io.github.palimpsest.bank;

import io.github.palimpsest.rest.JsonBody;
import io.github.palimpsest.rest.RoleChecked;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;

/** Money moved from one account to another. */
@Path("transfers")
@RequestScoped
@RoleChecked
@RolesAllowed("teller")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class TransferResource {
  @Inject Bank bank;

  /** Moves {@code {"from", "to", "amount"}} in one transaction; 409 if there is less. */
  @POST
  public TransferView transfer(InputStream stream) throws IOException {
    JsonBody body = JsonBody.read(stream, "from", "to", "amount");
    return bank.transfer(body.id("from"), body.id("to"), body.number("amount", Amount::new));
  }
}
