package io.github.palimpsest.rest.live;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What MicroProfile Config says of clients that stay connected. */
@Dependent
class StreamLimits {
  /** Proxies and clients take a connection for dead that says nothing for longer. */
  static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** After what time a client connects again. */
  static final Duration RETRY = Duration.ofSeconds(2);

  @Inject
  @ConfigProperty(name = "palimpsest.feed.clients", defaultValue = "100")
  int clients;

  @Inject
  @ConfigProperty(name = "palimpsest.feed.interval", defaultValue = "PT0.25S")
  Duration interval;

  @Inject
  @ConfigProperty(name = "palimpsest.feed.patience", defaultValue = "PT30S")
  Duration patience;

  @Inject
  @ConfigProperty(name = "palimpsest.feed.lifetime", defaultValue = "PT10M")
  Duration lifetime;

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException naming one that is not more than zero
   */
  void check() {
    requirePositive("clients", clients);
    requirePositive("interval", interval.toMillis());
    requirePositive("patience", patience.toMillis());
    requirePositive("lifetime", lifetime.toMillis());
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "palimpsest.feed.%s must be more than zero".formatted(name));
    }
  }
}
