package io.github.palimpsest.rest;

import io.github.palimpsest.container.AuditedUnit;
import io.github.palimpsest.container.AuditedUnits;
import io.github.palimpsest.rebuild.State;
import io.github.palimpsest.rebuild.StateCursor;
import io.github.palimpsest.rebuild.StateQuery;
import io.github.palimpsest.rebuild.StateSearch;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is and was: content types, and states of all objects of a type as of an instant. */
@Path("types")
@RequestScoped
@RoleChecked
@RolesAllowed({Roles.READER, Roles.RESTORER, Roles.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
public class TypesResource {
  private static final Set<String> OWN = Set.of("asOf", "after", "limit", "orderBy", "expand");

  @Inject AuditedUnits units;
  @Context UriInfo uri;

  /** Called by the container. */
  public TypesResource() {}

  /** Answers every content type with its counts, first and last event. */
  @GET
  public JsonObject types() {
    return Views.page(units.types().stream().map(Views::type).toList(), null);
  }

  /** Answers the states of all objects of a type that existed as of an instant. */
  @GET
  @Path("{type}")
  public Response objects(
      @PathParam("type") String type,
      @QueryParam("asOf") @Nullable String asOf,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("expand") @Nullable String expand) {
    AuditedUnit unit = units.of(type);
    Filter filter = new Filter(unit.models(), type);
    StateQuery query =
        filter.ordered(
            filter.query(conditions(uri.getQueryParameters())),
            uri.getQueryParameters().getOrDefault("orderBy", List.of()));
    int size = Parameters.limit(limit);
    StateCursor cursor = cursor(query, after);
    Instant instant = unit.rebuilder().settled(Parameters.instant("asOf", asOf));
    Expansion expansion = Expansion.of(unit, type, expand, instant, instant);
    StateSearch search = new StateSearch(unit.rebuilder(), unit.models());
    List<State> states = search.states(query, instant, cursor, size + 1).limit(size + 1L).toList();
    List<State> shown = states.subList(0, Math.min(size, states.size()));
    return page(
        expansion.views(shown),
        states.size() > size ? search.place(query, shown.get(size - 1), instant).text() : null,
        instant);
  }

  /** An attribute that is named like one of our own parameters is written after a dot. */
  private static Map<String, List<String>> conditions(MultivaluedMap<String, String> parameters) {
    Map<String, List<String>> conditions = new TreeMap<>();
    parameters.forEach(
        (name, comparisons) -> {
          if (!OWN.contains(name)) {
            conditions
                .computeIfAbsent(
                    name.startsWith(".") ? name.substring(1) : name, path -> new ArrayList<>())
                .addAll(comparisons);
          }
        });
    return conditions;
  }

  private static @Nullable StateCursor cursor(StateQuery query, @Nullable String after) {
    try {
      return after == null
          ? null
          : StateCursor.parse(Parameters.text("after", after), query.orders().size());
    } catch (IllegalArgumentException e) {
      throw ProblemException.malformedParameter("after", e.getMessage() + ".");
    }
  }

  /** All pages that follow are of the same instant. */
  private Response page(List<JsonObject> items, @Nullable String after, Instant instant) {
    return after == null
        ? PageLinks.last(Views.page(items, null))
        : PageLinks.next(uri, after, Views.iso(instant)).answer(link -> Views.page(items, link));
  }
}
