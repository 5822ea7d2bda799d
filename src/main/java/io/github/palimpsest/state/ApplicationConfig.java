package io.github.palimpsest.state;

import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/** What MicroProfile Config says for the application that has this class. */
final class ApplicationConfig {
  private ApplicationConfig() {}

  /**
   * Returns the value of a property. The class loader is the application's, whatever thread asks: a
   * server may make persistence units on a thread that belongs to none.
   */
  static Optional<String> find(String name) {
    try {
      return ConfigProvider.getConfig(ApplicationConfig.class.getClassLoader())
          .getOptionalValue(name, String.class);
    } catch (IllegalStateException | NoClassDefFoundError e) {
      // Java SE without an implementation or without its API.
      return Optional.empty();
    }
  }
}
