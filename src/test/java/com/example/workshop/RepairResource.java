package com.example.workshop;

import jakarta.enterprise.context.RequestScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.math.BigDecimal;
import org.hibernate.Session;
import org.hibernate.StatelessSession;

/** Changes repairs and customers in transactions of the container. */
@Path("")
@RequestScoped
@Transactional
public class RepairResource {
  private static final int BATCH = 100;

  @PersistenceContext(unitName = "workshop")
  EntityManager entities;

  /** Called by the container. */
  public RepairResource() {}

  /** Creates a customer. */
  @POST
  @Path("customers/{id}")
  public void customer(@PathParam("id") long id, @QueryParam("name") String name) {
    entities.persist(new Customer(id, name));
  }

  /** Adds a number of a customer. */
  @POST
  @Path("customers/{id}/phones")
  public void phone(@PathParam("id") long id, @QueryParam("phone") String phone) {
    entities.find(Customer.class, id).getPhones().add(phone);
  }

  /** Creates a repair; answers its id. */
  @POST
  @Path("repairs")
  public String create(
      @QueryParam("customer") long customer,
      @QueryParam("title") String title,
      @QueryParam("price") BigDecimal price) {
    Repair repair = new Repair(entities.getReference(Customer.class, customer), title, price);
    entities.persist(repair);
    return String.valueOf(repair.getId());
  }

  /** Creates many of one title. */
  @POST
  @Path("repairs/many")
  public void createMany(
      @QueryParam("count") int count,
      @QueryParam("customer") long customer,
      @QueryParam("title") String title) {
    for (int i = 1; i <= count; i++) {
      entities.persist(
          new Repair(entities.getReference(Customer.class, customer), title, BigDecimal.ONE));
      if (i % BATCH == 0) {
        entities.flush();
        entities.clear();
      }
    }
  }

  /** Changes the title. */
  @PUT
  @Path("repairs/{id}")
  public void change(@PathParam("id") long id, @QueryParam("title") String title) {
    entities.find(Repair.class, id).change(title);
  }

  /** Changes the price twice, with a flush after each; fails afterwards if asked to. */
  @POST
  @Path("repairs/{id}/prices")
  public void prices(
      @PathParam("id") long id,
      @QueryParam("first") BigDecimal first,
      @QueryParam("second") BigDecimal second,
      @QueryParam("fail") boolean fail) {
    Repair repair = entities.find(Repair.class, id);
    repair.cost(first);
    entities.flush();
    repair.cost(second);
    entities.flush();
    if (fail) {
      throw new IllegalStateException("after the flush");
    }
  }

  /** Deletes a repair. */
  @DELETE
  @Path("repairs/{id}")
  public void delete(@PathParam("id") long id) {
    entities.remove(entities.find(Repair.class, id));
  }

  /** Deletes all repairs of a title, one by one. */
  @DELETE
  @Path("repairs")
  public void deleteAll(@QueryParam("title") String title) {
    entities
        .createQuery("select r from Repair r where r.title = :title", Repair.class)
        .setParameter("title", title)
        .getResultList()
        .forEach(entities::remove);
  }

  /** Changes titles past the persistence context. */
  @POST
  @Path("repairs/rename")
  public void rename(@QueryParam("from") String from, @QueryParam("to") String to) {
    entities
        .createQuery("update Repair r set r.title = :to where r.title = :from")
        .setParameter("to", to)
        .setParameter("from", from)
        .executeUpdate();
  }

  /** Changes the title by a session without a persistence context. */
  @POST
  @Path("repairs/{id}/stateless")
  public void stateless(@PathParam("id") long id, @QueryParam("title") String title) {
    try (StatelessSession session =
        entities.unwrap(Session.class).getSessionFactory().openStatelessSession()) {
      Repair repair = session.get(Repair.class, id);
      repair.change(title);
      session.update(repair);
    }
  }
}
