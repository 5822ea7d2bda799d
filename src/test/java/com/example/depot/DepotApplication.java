package com.example.depot;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The depot's own routes. */
@ApplicationPath("depot")
public class DepotApplication extends Application {
  /** Called by the container. */
  public DepotApplication() {}
}
