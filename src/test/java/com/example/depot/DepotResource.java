package com.example.depot;

import jakarta.enterprise.context.RequestScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

/** Changes rows of both persistence units in one transaction. */
@Path("")
@RequestScoped
@Transactional
public class DepotResource {
  @PersistenceContext(unitName = "stock")
  EntityManager stock;

  @PersistenceContext(unitName = "ledger")
  EntityManager ledger;

  /** Called by the container. */
  public DepotResource() {}

  /** Creates a shelf and an entry. */
  @POST
  @Path("create")
  public void create(@QueryParam("id") long id) {
    stock.persist(new Shelf(id));
    ledger.persist(new Entry(id));
  }

  /** Writes an amount to both; fails afterwards if asked to. */
  @POST
  @Path("put")
  public void put(
      @QueryParam("shelf") long shelf,
      @QueryParam("entry") long entry,
      @QueryParam("amount") long amount,
      @QueryParam("fail") boolean fail) {
    stock.find(Shelf.class, shelf).put(amount);
    ledger.find(Entry.class, entry).put(amount);
    if (fail) {
      stock.flush();
      throw new IllegalStateException("after the flush");
    }
  }
}
