package io.github.palimpsest.it.door;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Runs one of the server's own commands; its classes are not on the compiler's path. */
@Path("")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class DoorResource {
  /** A thread that does not belong to this application, which would lend its configuration. */
  private static final Executor APART = command -> new Thread(command, "door").start();

  /** Called by the container. */
  public DoorResource() {}

  /** Deploys a file at a context root; answers nothing, or why it failed. */
  @POST
  @Path("deploy")
  public String deploy(@QueryParam("name") String name, @QueryParam("file") String file) {
    return run("deploy", "--name", name, "--contextroot", name, "--force=true", file);
  }

  /** Undeploys it; answers nothing, or why it failed. */
  @POST
  @Path("undeploy")
  public String undeploy(@QueryParam("name") String name) {
    return run("undeploy", name);
  }

  private static String run(String command, String... parameters) {
    return CompletableFuture.supplyAsync(() -> runApart(command, parameters), APART).join();
  }

  private static String runApart(String command, String... parameters) {
    try {
      ClassLoader server = Class.forName("org.glassfish.internal.api.Globals").getClassLoader();
      Thread.currentThread().setContextClassLoader(server);
      Class<?> invocations = server.loadClass("org.glassfish.api.invocation.InvocationManager");
      invocations.getMethod("popAllInvocations").invoke(service(server, invocations));
      Class<?> runner = server.loadClass("org.glassfish.embeddable.CommandRunner");
      Object result =
          runner
              .getMethod("run", String.class, String[].class)
              .invoke(service(server, runner), command, parameters);
      Class<?> type = server.loadClass("org.glassfish.embeddable.CommandResult");
      boolean isDone = type.getMethod("getExitStatus").invoke(result).toString().equals("SUCCESS");
      return isDone ? "" : failure(type, result);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String failure(Class<?> type, Object result) throws ReflectiveOperationException {
    List<String> lines = new ArrayList<>();
    lines.add(String.valueOf(type.getMethod("getOutput").invoke(result)));
    Throwable cause = (Throwable) type.getMethod("getFailureCause").invoke(result);
    while (cause != null) {
      lines.add(cause.toString());
      cause = cause.getCause();
    }
    return String.join("\n", lines);
  }

  private static Object service(ClassLoader server, Class<?> type)
      throws ReflectiveOperationException {
    Object habitat =
        server
            .loadClass("org.glassfish.internal.api.Globals")
            .getMethod("getDefaultHabitat")
            .invoke(null);
    return server
        .loadClass("org.glassfish.hk2.api.ServiceLocator")
        .getMethod("getService", Class.class, Annotation[].class)
        .invoke(habitat, type, new Annotation[0]);
  }
}
