package io.github.palimpsest;

import io.github.palimpsest.event.Provenance;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who acts, why, and for which request, on this thread. Within an HTTP request the library opens a
 * scope by itself; elsewhere (timers, batch, tests) the application opens one around its
 * transaction. Outside every scope the actor is the caller that the container knows, else {@code
 * system:} and the name of the application.
 */
public final class AuditContext {
  private static final ThreadLocal<@Nullable AuditContext> CURRENT = new ThreadLocal<>();

  /** Longest actor, reason or correlation id that is stored, in characters. */
  public static final int LONGEST = 1000;

  private final Supplier<@Nullable String> actor;
  private final @Nullable String correlationId;
  private @Nullable String reason;

  private AuditContext(
      Supplier<@Nullable String> actor, @Nullable String reason, @Nullable String correlationId) {
    this.actor = actor;
    this.reason = reason;
    this.correlationId = correlationId;
  }

  /**
   * Runs {@code work} in a scope of its own; the scope around it, if any, is back afterwards.
   *
   * @param actor who
   * @param reason why, or null
   * @param work must include the commit of its transaction
   * @return what {@code work} returns
   * @throws Exception what {@code work} throws
   */
  public static <R> R call(String actor, @Nullable String reason, Callable<R> work)
      throws Exception {
    String checked = checked("actor", actor);
    return call(() -> checked, reason, null, work);
  }

  /**
   * Runs {@code work} in a scope whose actor is asked for when the events are written.
   *
   * @param actor who, or null to ask the container
   * @param reason why, or null
   * @param correlationId which request, or null
   * @param work must include the commit of its transaction
   * @return what {@code work} returns
   * @throws Exception what {@code work} throws
   */
  public static <R> R call(
      Supplier<@Nullable String> actor,
      @Nullable String reason,
      @Nullable String correlationId,
      Callable<R> work)
      throws Exception {
    AuditContext outer = CURRENT.get();
    CURRENT.set(
        new AuditContext(
            actor,
            reason == null ? null : checked("reason", reason),
            correlationId == null ? null : checked("correlation id", correlationId)));
    try {
      return work.call();
    } finally {
      if (outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(outer);
      }
    }
  }

  /**
   * Sets the reason for the rest of the current scope.
   *
   * @throws IllegalStateException if no scope is open: the reason would leak to the thread's next
   *     work
   */
  public static void reason(String reason) {
    AuditContext context = CURRENT.get();
    if (context == null) {
      throw new IllegalStateException(
          "no audit scope is open on this thread; use AuditContext.call(actor, reason, work)");
    }
    context.reason = checked("reason", reason);
  }

  /**
   * Returns who, why and which request, now.
   *
   * @param fallbackActor asked when the scope knows none
   */
  public static Provenance provenance(Supplier<String> fallbackActor) {
    AuditContext context = CURRENT.get();
    if (context == null) {
      return new Provenance(fallbackActor.get(), null, null);
    }
    String actor = context.actor.get();
    return new Provenance(
        actor == null ? fallbackActor.get() : actor, context.reason, context.correlationId);
  }

  /** Returns whether {@code value} can be stored as an actor, a reason or a correlation id. */
  public static boolean isAcceptable(String value) {
    return !value.isBlank()
        && value.length() <= LONGEST
        && value.chars().noneMatch(Character::isISOControl);
  }

  private static String checked(String what, String value) {
    if (!isAcceptable(value)) {
      throw new IllegalArgumentException(
          "%s must have 1 to %d characters, not all blank, and no control characters"
              .formatted(what, LONGEST));
    }
    return value;
  }
}
