package com.example.club;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;

/** Writes as soon as CDI is there. */
@ApplicationScoped
public class Doorman {
  @PersistenceContext EntityManager entities;

  /** Called by the container. */
  public Doorman() {}

  /** Comes first. */
  @Transactional
  public void arrive(@Observes @Priority(1) @Initialized(ApplicationScoped.class) Object start) {
    entities.persist(new Member("doorman"));
  }
}
