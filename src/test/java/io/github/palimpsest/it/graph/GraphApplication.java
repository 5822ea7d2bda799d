package io.github.palimpsest.it.graph;

import io.github.palimpsest.rest.CommitFailureMapper;
import io.github.palimpsest.rest.ThrowableMapper;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Open to everybody: it exists in tests only. */
@ApplicationPath("graph")
public class GraphApplication extends Application {
  /** Called by the container. */
  public GraphApplication() {}

  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(GraphResource.class, CommitFailureMapper.class, ThrowableMapper.class);
  }
}
