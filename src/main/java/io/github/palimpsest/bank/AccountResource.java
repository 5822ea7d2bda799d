package io.github.palimpsest.bank;

import io.github.palimpsest.rest.JsonBody;
import io.github.palimpsest.rest.RoleChecked;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Accounts, and the money put on and taken from them. */
@Path("accounts")
@RequestScoped
@RoleChecked
@RolesAllowed("teller")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class AccountResource {
  @Inject Bank bank;

  /** Creates an account from {@code {"owner"}}, the number of its owner. */
  @POST
  public Response create(InputStream body, @Context UriInfo uri) throws IOException {
    AccountView account = bank.createAccount(JsonBody.read(body, "owner").id("owner"));
    return Response.created(uri.getAbsolutePathBuilder().path(Long.toString(account.id())).build())
        .entity(account)
        .build();
  }

  /** Returns all accounts by id. */
  @GET
  public List<AccountView> list() {
    return bank.accounts();
  }

  /** Returns one account; 404 if there is none. */
  @GET
  @Path("{id}")
  public AccountView get(@PathParam("id") long id) {
    return bank.account(id);
  }

  /** Gives the account to the owner in {@code {"owner"}}. */
  @PUT
  @Path("{id}")
  public AccountView change(@PathParam("id") long id, InputStream body) throws IOException {
    return bank.changeOwner(id, JsonBody.read(body, "owner").id("owner"));
  }

  /** Removes the account, whatever it holds. */
  @DELETE
  @Path("{id}")
  public void delete(@PathParam("id") long id) {
    bank.deleteAccount(id);
  }

  /** Puts {@code {"amount"}} on the account. */
  @POST
  @Path("{id}/deposits")
  public AccountView deposit(@PathParam("id") long id, InputStream body) throws IOException {
    return bank.makeDeposit(id, JsonBody.read(body, "amount").number("amount", Amount::new));
  }

  /** Takes {@code {"amount"}} from the account; 409 if it holds less. */
  @POST
  @Path("{id}/withdrawals")
  public AccountView withdraw(@PathParam("id") long id, InputStream body) throws IOException {
    return bank.makeWithdrawal(id, JsonBody.read(body, "amount").number("amount", Amount::new));
  }
}
