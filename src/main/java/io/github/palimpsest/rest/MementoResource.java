package io.github.palimpsest.rest;

import io.github.palimpsest.container.AuditedUnits;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Memento;
import io.github.palimpsest.rebuild.Mementos;
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
import org.jspecify.annotations.Nullable;

/** The frozen states of one object and the list of them (RFC 7089; ADR 30). */
@Path("types")
@RequestScoped
@RoleChecked
@RolesAllowed({Roles.READER, Roles.RESTORER, Roles.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
public class MementoResource {
  @Inject AuditedUnits units;
  @Context UriInfo uri;

  /** Called by the container. */
  public MementoResource() {}

  /** Answers one state as it was written, for ever the same; 410 if it is that of being removed. */
  @GET
  @Path("{type}/{id}/mementos/{position}")
  public Response memento(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @PathParam("position") String position) {
    StreamId stream = new StreamId(type, id);
    Rebuilder rebuilder = units.of(type).rebuilder();
    Mementos mementos = rebuilder.mementos(stream, rebuilder.settled(null));
    Memento memento = mementos.at(MementoView.position(position)).orElseThrow(MementoView::none);
    State state = rebuilder.asWritten(stream, Bound.at(memento.position())).orElseThrow();
    return MementoView.answer(state, memento)
        .header(MementoView.DATETIME, HttpDate.of(memento.datetime()))
        .header(HttpHeaders.CACHE_CONTROL, MementoView.FOR_EVER)
        .header(
            HttpHeaders.LINK,
            WebLink.header(MementoLinks.of(uri, stream).ofMemento(memento, mementos)))
        .build();
  }

  /** Answers a page of the list of all mementos, as links. */
  @GET
  @Path("{type}/{id}/timemap")
  @Produces(MementoLinks.LINK_FORMAT)
  public Response timeMap(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @QueryParam("after") @Nullable String after,
      @QueryParam("before") @Nullable String before,
      @QueryParam("limit") @Nullable String limit) {
    StreamId stream = new StreamId(type, id);
    TimeMapCursor cursor = TimeMapCursor.of(after, before, limit);
    return Response.ok(timeMap(stream, mementos(stream), cursor).linkFormat()).build();
  }

  /** Answers the same page as JSON; of two formats that are welcome alike it is the second. */
  @GET
  @Path("{type}/{id}/timemap")
  @Produces(MediaType.APPLICATION_JSON + ";qs=0.5")
  public Response timeMapAsJson(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @QueryParam("after") @Nullable String after,
      @QueryParam("before") @Nullable String before,
      @QueryParam("limit") @Nullable String limit) {
    StreamId stream = new StreamId(type, id);
    Mementos mementos = mementos(stream);
    TimeMap timeMap = timeMap(stream, mementos, TimeMapCursor.of(after, before, limit));
    return Response.ok(timeMap.json(mementos.first().orElseThrow(), mementos.last().orElseThrow()))
        .build();
  }

  private Mementos mementos(StreamId stream) {
    Rebuilder rebuilder = units.of(stream.contentType()).rebuilder();
    return rebuilder.mementos(stream, rebuilder.settled(null));
  }

  private TimeMap timeMap(StreamId stream, Mementos mementos, TimeMapCursor cursor) {
    return TimeMap.read(stream, MementoLinks.of(uri, stream), mementos, cursor);
  }
}
