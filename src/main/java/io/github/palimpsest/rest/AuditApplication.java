package io.github.palimpsest.rest;

import jakarta.annotation.security.DeclareRoles;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** The JAX-RS application of history, at {@code /audit} below the context root. */
@ApplicationPath("audit")
@DeclareRoles({Roles.READER, Roles.RESTORER, Roles.ADMIN})
public class AuditApplication extends Application {
  /** Called by the container. */
  public AuditApplication() {}

  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(
        TypesResource.class,
        ObjectResource.class,
        DifferenceResource.class,
        AttributeResource.class,
        MementoResource.class,
        RelationResource.class,
        RestoreResource.class,
        TransactionsResource.class,
        EventsResource.class,
        BaselineResource.class,
        DriftResource.class,
        GuardResource.class,
        JobsResource.class,
        RoleFilter.class,
        ConditionalFilter.class,
        GzipInterceptor.class,
        CrossOriginFilter.class,
        ThrowableMapper.class,
        CommitFailureMapper.class,
        ValidationFailureMapper.class);
  }

  /**
   * No description is served to whom no role is asked of. A relative {@code Location} stays so: the
   * host of an absolute one would be what a header of the request says.
   */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of(
        "jersey.config.server.wadl.disableWadl",
        true,
        "jersey.config.server.headers.location.relative.resolution.disabled",
        true);
  }
}
