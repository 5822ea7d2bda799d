package io.github.palimpsest.it.country;

import io.github.palimpsest.rest.CommitFailureMapper;
import io.github.palimpsest.rest.ThrowableMapper;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Open to everybody: it exists in tests only. */
@ApplicationPath("replay")
public class ReplayApplication extends Application {
  /** Called by the container. */
  public ReplayApplication() {}

  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(ReplayResource.class, CommitFailureMapper.class, ThrowableMapper.class);
  }
}
