package com.example.workshop;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The workshop's own routes. */
@ApplicationPath("workshop")
public class WorkshopApplication extends Application {
  /** Called by the container. */
  public WorkshopApplication() {}
}
