package com.example.shop;

import jakarta.enterprise.context.RequestScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Create, read, update, delete. */
@Path("products")
@RequestScoped
@Transactional
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ProductResource {
  @PersistenceContext EntityManager entities;

  /** Called by the container. */
  public ProductResource() {}

  /** Returns all products. */
  @GET
  public List<Product> all() {
    return entities
        .createQuery("select p from Product p order by p.id", Product.class)
        .getResultList();
  }

  /** Creates one. */
  @POST
  public Product create(Product product) {
    entities.persist(product);
    entities.flush();
    return product;
  }

  /** Changes one. */
  @PUT
  @Path("{id}")
  public Product update(@PathParam("id") long id, Product changed) {
    Product product = entities.find(Product.class, id);
    product.setName(changed.getName());
    product.setPrice(changed.getPrice());
    return product;
  }

  /** Deletes one. */
  @DELETE
  @Path("{id}")
  public void delete(@PathParam("id") long id) {
    entities.remove(entities.find(Product.class, id));
  }
}
