package com.example.club;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Writes while the application starts. */
@Singleton
@Startup
public class Opening {
  @PersistenceContext EntityManager entities;

  /** Called by the container. */
  public Opening() {}

  /** Founds the club. */
  @PostConstruct
  public void open() {
    entities.persist(new Member("founder"));
    entities.persist(new Guest("first"));
  }
}
