package io.github.palimpsest.container;

import io.github.palimpsest.state.EntityModel;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What MicroProfile Config says of reading. */
@Dependent
class Settings {
  @Inject
  @ConfigProperty(name = "palimpsest.settle-timeout", defaultValue = "PT5S")
  Duration settleTimeout;

  @Inject
  @ConfigProperty(name = "palimpsest.snapshot.every", defaultValue = "50")
  int snapshotEvery;

  @Inject
  @ConfigProperty(name = "palimpsest.baseline.batch", defaultValue = "1000")
  int baselineBatch;

  /** Returns the number of changes after which a snapshot of that type is due. */
  int snapshotEvery(EntityModel model) {
    return model.snapshotEvery() > 0 ? model.snapshotEvery() : snapshotEvery;
  }

  /**
   * Returns the number for types that have no class any more.
   *
   * @throws IllegalArgumentException if it is not 1 or more
   */
  int snapshotEvery() {
    if (snapshotEvery < 1) {
      throw new IllegalArgumentException(
          "palimpsest.snapshot.every must be 1 or more, was " + snapshotEvery);
    }
    return snapshotEvery;
  }
}
