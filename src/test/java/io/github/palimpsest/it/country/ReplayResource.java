package io.github.palimpsest.it.country;

import io.github.palimpsest.AuditContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;

/** Takes the change lines of one commit, and shows what the tables hold. */
@Path("countries")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ReplayResource {
  @Inject Replay replay;

  /** Called by the container. */
  public ReplayResource() {}

  /** Makes the changes in one transaction. */
  @POST
  public void replay(InputStream body) throws Exception {
    try (JsonReader reader = Json.createReader(body)) {
      List<JsonObject> changes = reader.readArray().getValuesAs(JsonObject.class);
      AuditContext.call(
          changes.get(0).getString("actor"),
          changes.get(0).getString("commit"),
          () -> replay.apply(changes));
    }
  }

  /** Returns the states of all countries by id. */
  @GET
  public JsonArray countries() {
    return Json.createArrayBuilder(replay.countries()).build();
  }
}
