package io.github.palimpsest.rest;

import io.github.palimpsest.container.AuditedUnit;
import io.github.palimpsest.container.AuditedUnits;
import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.EventCursor;
import io.github.palimpsest.event.EventQuery;
import io.github.palimpsest.rebuild.Rebuilder;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
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

  /** Who accepts anything is answered with JSON. */
  private static final String SECOND = ";qs=0.5";

  @Inject AuditedUnits units;
  @Context UriInfo uri;

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
