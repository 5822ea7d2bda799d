package io.github.palimpsest.it.graph;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.InputStream;

/** Takes a script. */
@Path("scripts")
@RequestScoped
public class GraphResource {
  @Inject Graph graph;

  /** Called by the container. */
  public GraphResource() {}

  /** Runs it in one transaction. */
  @POST
  public void run(InputStream body) {
    try (JsonReader reader = Json.createReader(body)) {
      graph.apply(reader.readArray().getValuesAs(JsonObject.class));
    }
  }
}
