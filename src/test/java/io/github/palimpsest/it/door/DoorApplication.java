package io.github.palimpsest.it.door;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Open to everybody: it exists in tests only. */
@ApplicationPath("door")
public class DoorApplication extends Application {
  /** Called by the container. */
  public DoorApplication() {}

  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(DoorResource.class);
  }
}
