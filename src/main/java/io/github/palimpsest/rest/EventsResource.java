package io.github.palimpsest.rest;

import io.github.palimpsest.container.AuditedUnit;
import io.github.palimpsest.container.AuditedUnits;
import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.EventCursor;
import io.github.palimpsest.event.EventQuery;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.rest.live.LiveFeeds;
import io.github.palimpsest.rest.live.Subscription;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The feed: events of all objects of a database by time created and position, which is the order in
 * which conflicting transactions committed. What is told once is final: a page ends before the
 * first transaction that may still commit an earlier event.
 */
@Path("events")
@RequestScoped
@RoleChecked
@RolesAllowed({Roles.READER, Roles.RESTORER, Roles.ADMIN})
public class EventsResource {
  private static final Set<String> PAGE = Set.of("order", "after", "limit");
  private static final Set<String> STREAM = Set.of("lastEventId");

  /** Who accepts anything is answered with JSON. */
  private static final String SECOND = ";qs=0.5";

  @Inject AuditedUnits units;
  @Inject LiveFeeds live;
  @Context UriInfo uri;
  @Context Request request;

  /** Called by the container. */
  public EventsResource() {}

  /** Answers the events as JSON, as they are stored. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response events() {
    FeedPage page = page();
    String body =
        Views.page(page.events().stream().map(Views::event).toList(), page.next()).toString();
    return page.answer(body);
  }

  /** Answers them as a batch of CloudEvents. */
  @GET
  @Produces(CloudEvents.BATCH + SECOND)
  public Response cloudEvents() {
    FeedPage page = page();
    return page.answer(CloudEvents.batch(page.events(), uri).toString());
  }

  /**
   * Stays connected and sends events as they become final, as server-sent events (WHATWG HTML
   * §9.2); from now on, unless the caller says from where.
   */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS + SECOND)
  public void stream(
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
      @Context HttpServletRequest servletRequest,
      @Suspended AsyncResponse answer)
      throws IOException {
    FeedParameters parameters = FeedParameters.of(uri.getQueryParameters(), STREAM);
    AuditedUnit database = database(parameters.types());
    Subscription subscription =
        new Subscription(
            database.rebuilder(),
            parameters.query(),
            place(lastEventId, parameters, database.rebuilder()),
            parameters.to());
    if (subscription.isFinished()) {
      answer.resume(Response.noContent().build());
    } else if (request.getMethod().equals(HttpMethod.HEAD)) {
      answer.resume(Response.ok().type(MediaType.SERVER_SENT_EVENTS).build());
    } else if (!live.open(
        database,
        subscription,
        event -> Views.event(event).toString(),
        answer,
        servletRequest.getAsyncContext())) {
      throw ProblemException.of(
          ProblemType.TOO_MANY_STREAMS, "Too many clients are connected; ask for pages instead.");
    }
  }

  /** A client that connects again says in a header where it was; that counts more than its URL. */
  private static EventCursor place(
      @Nullable String lastEventId, FeedParameters parameters, Rebuilder rebuilder) {
    @Nullable EventCursor place =
        lastEventId == null
            ? parameters.cursor("lastEventId")
            : Parameters.cursor("Last-Event-ID", lastEventId);
    if (place != null) {
      return place;
    }
    @Nullable Instant from = parameters.from();
    return from == null
        ? EventCursor.endOf(rebuilder.settled(null))
        : EventCursor.beginningOf(from);
  }

  private FeedPage page() {
    FeedParameters parameters = FeedParameters.of(uri.getQueryParameters(), PAGE);
    int size = Parameters.limit(parameters.one("limit"));
    @Nullable EventCursor after = parameters.cursor("after");
    EventQuery query = parameters.query().after(after).first(size + 1);
    boolean isNewestFirst = parameters.isNewestFirst();
    Rebuilder rebuilder = database(parameters.types()).rebuilder();
    List<Event> events =
        rebuilder.events(isNewestFirst ? query.newestFirst() : query, rebuilder.settled(null));
    return FeedPage.of(events, size, uri);
  }

  /** Databases have each a clock and an order of their own. */
  private AuditedUnit database(List<String> types) {
    List<AuditedUnit> databases = units.databases(types);
    if (databases.size() != 1) {
      throw ProblemException.malformedParameter(
          "type",
          "type must name content types of one of the %d databases.".formatted(databases.size()));
    }
    return databases.get(0);
  }
}
