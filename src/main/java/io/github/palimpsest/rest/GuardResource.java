package io.github.palimpsest.rest;

import io.github.palimpsest.container.Guards;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Tells how the triggers compare with the entity classes, makes them, and drops them. */
@Path("guard")
@RequestScoped
@RoleChecked
@RolesAllowed(Roles.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
public class GuardResource {
  @Inject Guards guards;

  /** Called by the container. */
  public GuardResource() {}

  /** Answers each content type, its tables, and what is missing or different. */
  @GET
  public JsonObject report() {
    return Views.guard(guards.mode(), guards.report());
  }

  /** Installs or updates the triggers; answers how it is afterwards. */
  @POST
  public JsonObject install() {
    return Views.guard(guards.mode(), guards.install());
  }

  /** Drops all triggers, until the next start of the application. */
  @DELETE
  public void drop() {
    guards.drop();
  }
}
