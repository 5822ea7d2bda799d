package io.github.palimpsest.it.note;

import io.github.palimpsest.rest.CommitFailureMapper;
import io.github.palimpsest.rest.ThrowableMapper;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Open to everybody: it exists in tests only. */
@ApplicationPath("notes")
public class NoteApplication extends Application {
  /** Called by the container. */
  public NoteApplication() {}

  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(
        NoteResource.class,
        PastResource.class,
        TrapResource.class,
        CommitFailureMapper.class,
        ThrowableMapper.class);
  }
}
