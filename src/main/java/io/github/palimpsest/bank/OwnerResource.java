package io.github.palimpsest.bank;

import io.github.palimpsest.rest.JsonBody;
import io.github.palimpsest.rest.RoleChecked;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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

/** Owners of accounts. */
@Path("owners")
@RequestScoped
@RoleChecked
@RolesAllowed("teller")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class OwnerResource {
  @Inject Bank bank;

  /** Creates an owner from {@code {"name"}}. */
  @POST
  public Response create(InputStream body, @Context UriInfo uri) throws IOException {
    OwnerView owner = bank.createOwner(JsonBody.read(body, "name").text("name"));
    return Response.created(uri.getAbsolutePathBuilder().path(Long.toString(owner.id())).build())
        .entity(owner)
        .build();
  }

  /** Returns all owners by id. */
  @GET
  public List<OwnerView> list() {
    return bank.owners();
  }

  /** Returns one owner; 404 if there is none. */
  @GET
  @Path("{id}")
  public OwnerView get(@PathParam("id") long id) {
    return bank.owner(id);
  }
}
