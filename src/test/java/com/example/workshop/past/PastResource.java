package com.example.workshop.past;

import com.example.workshop.Customer;
import com.example.workshop.Repair;
import io.github.palimpsest.AttributeValue;
import io.github.palimpsest.Change;
import io.github.palimpsest.History;
import io.github.palimpsest.Restore;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Answers from the past of repairs and customers. */
@Path("past")
@RequestScoped
@Transactional
public class PastResource {
  @PersistenceContext(unitName = "workshop")
  EntityManager entities;

  @Inject History history;

  /** Called by the container. */
  public PastResource() {}

  /** Returns the title as of an instant, and the name of the customer. */
  @GET
  @Path("repairs/{id}")
  public String then(@PathParam("id") long id, @QueryParam("asOf") String asOf) {
    Repair repair = history.asOf(Instant.parse(asOf)).find(Repair.class, id).orElseThrow();
    return repair.getTitle() + " of " + Objects.requireNonNull(repair.getCustomer()).getName();
  }

  /** Returns how many repairs a customer had as of an instant. */
  @GET
  @Path("customers/{id}/repairs")
  public int repairs(@PathParam("id") long id, @QueryParam("asOf") String asOf) {
    return history
        .asOf(Instant.parse(asOf))
        .find(Customer.class, id)
        .orElseThrow()
        .getRepairs()
        .size();
  }

  /** Returns the attributes that differ between an instant and now. */
  @GET
  @Path("repairs/{id}/diff")
  public String diff(@PathParam("id") long id, @QueryParam("from") String from) {
    Instant then = Instant.parse(from);
    return history.of(Repair.class, id).diff(then, Instant.now()).stream()
        .map(Change::attribute)
        .collect(Collectors.joining(","));
  }

  /** Returns the titles over time. */
  @GET
  @Path("repairs/{id}/titles")
  public String titles(@PathParam("id") long id) {
    return history.of(Repair.class, id).attribute("title").stream()
        .map(AttributeValue::value)
        .map(String::valueOf)
        .collect(Collectors.joining(","));
  }

  /** Appends an event to the customer of a repair, whom Hibernate has not loaded. */
  @POST
  @Path("repairs/{id}/calls")
  public void call(@PathParam("id") long id, @QueryParam("about") String about) {
    Customer customer = Objects.requireNonNull(entities.find(Repair.class, id).getCustomer());
    history.of(customer).append("called", Map.of("about", about));
  }

  /** Creates a safe. */
  @POST
  @Path("safes/{id}")
  public void safe(@PathParam("id") long id, @QueryParam("combination") String combination) {
    entities.persist(new Safe(id, combination));
  }

  /** Restores a repair. */
  @POST
  @Path("repairs/{id}")
  public void restore(@PathParam("id") long id, @QueryParam("asOf") String asOf) {
    history.of(Repair.class, id).restore(Restore.to(Instant.parse(asOf), "by Java"));
  }
}
