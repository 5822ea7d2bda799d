package io.github.palimpsest.rest;

import io.github.palimpsest.RecordedEvent;
import io.github.palimpsest.StreamDeletedException;
import io.github.palimpsest.StreamNotFoundException;
import io.github.palimpsest.container.AuditedUnit;
import io.github.palimpsest.container.AuditedUnits;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.AttributePath;
import io.github.palimpsest.rebuild.AttributePaths;
import io.github.palimpsest.rebuild.Blame;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.rebuild.State;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who gave the attributes of one object their values. */
@Path("types")
@RequestScoped
@RoleChecked
@RolesAllowed({Roles.READER, Roles.RESTORER, Roles.ADMIN})
@Produces({MediaType.APPLICATION_JSON, LogText.MEDIA_TYPE})
public class AttributeResource {
  @Inject AuditedUnits units;
  @Context UriInfo uri;
  @Context HttpHeaders headers;

  /** Called by the container. */
  public AttributeResource() {}

  /** Answers each attribute as of an instant, with the event that set it. */
  @GET
  @Path("{type}/{id}/attributes")
  public Response attributes(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @QueryParam("asOf") @Nullable String asOf) {
    Rebuilder rebuilder = units.of(type).rebuilder();
    Instant instant = rebuilder.settled(Parameters.instant("asOf", asOf));
    StreamId stream = new StreamId(type, id);
    State state =
        rebuilder
            .at(stream, Bound.asOf(instant))
            .orElseThrow(() -> new StreamNotFoundException(type, id));
    if (state.isTombstone()) {
      throw new StreamDeletedException(type, id, state.position());
    }
    Blame blame = new Blame(rebuilder, stream);
    BlameView view = new BlameView(state, instant, blame.origins(state, instant));
    return Accepted.isText(headers)
        ? Response.ok(view.text(), LogText.MEDIA_TYPE).build()
        : Response.ok(view.json(), MediaType.APPLICATION_JSON).build();
  }

  /**
   * Answers the events that changed one attribute, or a part of it such as {@code name.common},
   * oldest first, with the value of each.
   */
  @GET
  @Path("{type}/{id}/attributes/{name}")
  public Response attribute(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @PathParam("name") String name,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit) {
    AuditedUnit unit = units.of(type);
    int size = Parameters.limit(limit);
    long position = Parameters.position("after", after);
    Blame blame = new Blame(unit.rebuilder(), new StreamId(type, id));
    List<RecordedEvent> events = blame.changes(way(name), position, size + 1);
    if (events.isEmpty()) {
      requireKnown(unit, blame, name);
    }
    return EventPage.of(events, size).answer(uri, headers, Views::valueChange);
  }

  private static List<String> way(String name) {
    return AttributePath.unchecked(name).rest();
  }

  /** An attribute may be of an older class, or never have been anything but null. */
  private static void requireKnown(AuditedUnit unit, Blame blame, String name) {
    StreamId stream = blame.stream();
    if (!unit.rebuilder().hasEvents(stream)) {
      throw new StreamNotFoundException(stream.contentType(), stream.objectId());
    }
    boolean isOfClass =
        unit.models()
            .of(stream.contentType())
            .filter(model -> new AttributePaths(unit.models()).has(model, name))
            .isPresent();
    if (!isOfClass && blame.changes(way(name), 0, 1).isEmpty()) {
      throw ProblemException.of(
          ProblemType.UNKNOWN_ATTRIBUTE,
          "%s/%s has no such attribute.".formatted(stream.contentType(), stream.objectId()));
    }
  }
}
