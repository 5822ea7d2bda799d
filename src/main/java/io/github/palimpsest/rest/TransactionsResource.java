package io.github.palimpsest.rest;

import io.github.palimpsest.RecordedEvent;
import io.github.palimpsest.Undo;
import io.github.palimpsest.container.AuditedUnit;
import io.github.palimpsest.container.AuditedUnits;
import io.github.palimpsest.container.JobWork;
import io.github.palimpsest.container.Jobs;
import io.github.palimpsest.event.Comparison;
import io.github.palimpsest.event.Comparison.Operator;
import io.github.palimpsest.event.Control;
import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.EventQuery;
import io.github.palimpsest.job.JobRequest;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.restore.Progress;
import io.github.palimpsest.state.JsonText;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one transaction did to all its objects, and its undoing. */
@Path("transactions/{transaction}")
@RequestScoped
@RoleChecked
@RolesAllowed({Roles.READER, Roles.RESTORER, Roles.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
public class TransactionsResource {
  @Inject AuditedUnits units;
  @Inject RestoreWork work;
  @Inject Jobs jobs;
  @Context UriInfo uri;
  @Context HttpHeaders headers;

  /** Called by the container. */
  public TransactionsResource() {}

  /** Answers its events in their order, what it undid and what undid it. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, LogText.MEDIA_TYPE})
  public Response events(
      @PathParam("transaction") String transaction,
      @QueryParam("type") @Nullable String type,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit) {
    int size = Parameters.limit(limit);
    long position = Parameters.position("after", after);
    long number = Parameters.transaction(transaction);
    Rebuilder rebuilder = units.ofTransaction(number, known(type)).rebuilder();
    List<RecordedEvent> events = rebuilder.transaction(number, position, size + 1);
    Event first = rebuilder.transactionEvents(number, 0, 1).get(0);
    List<Long> undoneBy = undoneBy(rebuilder, number);
    EventPage page = EventPage.of(events, size);
    return page.answer(
        uri,
        headers,
        () -> LogText.transaction(first, undoneBy, page.events()),
        next -> Views.transaction(first, undoneBy, page.events(), next));
  }

  /**
   * Undoes it from {@code {"reason", "dryRun", "force", "limit"}}; in a job if the request prefers
   * {@code respond-async}.
   */
  @POST
  @Path("undo")
  @RolesAllowed({Roles.RESTORER, Roles.ADMIN})
  @Consumes(MediaType.APPLICATION_JSON)
  public Response undo(
      @PathParam("transaction") String transaction,
      @QueryParam("type") @Nullable String type,
      InputStream body)
      throws IOException {
    Preconditions.refuse(headers);
    JsonBody json = JsonBody.readAny(body);
    Undo undo = RestoreRequest.undo(json);
    long number = Parameters.transaction(transaction);
    AuditedUnit database = units.ofTransaction(number, known(type));
    JobWork undoing = work.undo(database, number, undo);
    if (!Preferences.isAsynchronous(headers)) {
      return Response.ok(undoing.run(Progress.none())).build();
    }
    return JobAnswers.accepted(
        uri,
        jobs.start(
            database,
            JobRequest.UNDO,
            Long.toString(number),
            json.toJson(),
            undo.reason(),
            undoing));
  }

  private static @Nullable String known(@Nullable String type) {
    return type == null ? null : Parameters.text("type", type);
  }

  private static List<Long> undoneBy(Rebuilder rebuilder, long number) {
    Comparison ofIt =
        new Comparison(
            List.of(Control.TRANSACTION),
            Operator.EQUAL,
            List.of(JsonText.number(BigDecimal.valueOf(number))),
            false);
    EventQuery undos =
        EventQuery.all()
            .ofObject(Control.UNDO)
            .named(List.of(Control.UNDID_TRANSACTION))
            .where(ofIt)
            .first(Parameters.LARGEST_LIMIT);
    return rebuilder.events(undos, rebuilder.settled(null)).stream()
        .map(Event::transaction)
        .toList();
  }
}
