package io.github.palimpsest.rest;

import jakarta.annotation.Priority;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request through only if its caller has a role that the resource method, or else its class,
 * names in {@code @RolesAllowed}. A method that names none is closed to everybody. Bound by name,
 * so that it goes with the resources into every JAX-RS application that finds them.
 */
@RoleChecked
@Provider
@Priority(Priorities.AUTHORIZATION)
public class RoleFilter implements ContainerRequestFilter {
  @Context ResourceInfo resource;

  /** Called by the container. */
  public RoleFilter() {}

  @Override
  public void filter(ContainerRequestContext request) {
    SecurityContext security = request.getSecurityContext();
    if (roles().noneMatch(security::isUserInRole)) {
      throw security.getUserPrincipal() == null
          ? ProblemException.of(ProblemType.UNAUTHENTICATED, "Log in to use this resource.")
          : ProblemException.of(ProblemType.FORBIDDEN, "The caller has no role for this resource.");
    }
  }

  private Stream<String> roles() {
    @Nullable RolesAllowed onMethod =
        resource.getResourceMethod().getAnnotation(RolesAllowed.class);
    @Nullable RolesAllowed onClass = resource.getResourceClass().getAnnotation(RolesAllowed.class);
    return Stream.of(onMethod, onClass)
        .flatMap(Stream::ofNullable)
        .limit(1)
        .flatMap(allowed -> Arrays.stream(allowed.value()));
  }
}
