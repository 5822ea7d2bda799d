package com.example.shop;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The shop's own routes. */
@ApplicationPath("shop")
public class ShopApplication extends Application {
  /** Called by the container. */
  public ShopApplication() {}
}
