package io.github.palimpsest.capture;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.security.enterprise.SecurityContext;
import java.security.Principal;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** The actor when no audit scope names one: the container's caller, else the application. */
public final class Caller {
  private Caller() {}

  /** Returns the caller's name, or {@code system:} and the application's name. */
  public static String actor() {
    Principal caller = callerOfContainer();
    return caller == null || caller.getName() == null || caller.getName().isEmpty()
        ? "system:" + application()
        : caller.getName();
  }

  private static @Nullable Principal callerOfContainer() {
    try {
      Instance<SecurityContext> context = CDI.current().select(SecurityContext.class);
      return context.isResolvable() ? context.get().getCallerPrincipal() : null;
    } catch (IllegalStateException e) {
      // Java SE, or a thread without an application: nobody to ask.
      return null;
    }
  }

  @SuppressWarnings("BanJNDI") // a constant name of the specification, no input
  private static String application() {
    try {
      return InitialContext.doLookup("java:app/AppName");
    } catch (NamingException e) {
      return "application";
    }
  }
}
