package io.github.palimpsest;

import io.github.palimpsest.event.Provenance;
import java.util.Optional;
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
  private final @Nullable String pause;
  private @Nullable String reason;

  private AuditContext(
      Supplier<@Nullable String> actor,
      @Nullable String reason,
      @Nullable String correlationId,
      @Nullable String pause) {
    this.actor = actor;
    this.reason = reason;
    this.correlationId = correlationId;
    this.pause = pause;
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
    return call(
        new AuditContext(
            actor,
            reason == null ? null : checked("reason", reason),
            correlationId == null ? null : checked("correlation id", correlationId),
            outer == null ? null : outer.pause),
        work);
  }

  /**
   * Runs {@code work} without recording what it changes: of a transaction that commits within it,
   * no change of an audited entity becomes an event. Each such transaction that changed one records
   * the pause itself instead, as one event {@code paused_capture} of {@code palimpsest.control},
   * with who, why, and how much was left out. Domain events are written all the same.
   *
   * <p>From then on the history of these objects differs from their rows, until it is told their
   * present state again. Triggers record nothing of such a transaction either: what its bulk
   * statements and native SQL change is left out too, and not counted. A transaction that runs
   * nothing else records the pause all the same.
   *
   * @param reason why, recorded for all events of these transactions; of scopes within each other
   *     the innermost tells
   * @param work must include the commit of its transaction
   * @return what {@code work} returns
   * @throws IllegalArgumentException if the reason cannot be stored
   * @throws Exception what {@code work} throws
   */
  public static <R> R withoutCapture(String reason, Callable<R> work) throws Exception {
    String checked = checked("reason", reason);
    AuditContext outer = CURRENT.get();
    return call(
        outer == null
            ? new AuditContext(() -> null, checked, null, checked)
            : new AuditContext(outer.actor, checked, outer.correlationId, checked),
        work);
  }

  private static <R> R call(AuditContext context, Callable<R> work) throws Exception {
    AuditContext outer = CURRENT.get();
    CURRENT.set(context);
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
   * Returns why capture is paused on this thread, now; empty if it is not: see {@link
   * #withoutCapture}.
   */
  public static Optional<String> pause() {
    return Optional.ofNullable(CURRENT.get()).map(context -> context.pause);
  }

  /**
   * Returns who, why and which request, now. While capture is paused, why it is.
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
        actor == null ? fallbackActor.get() : actor,
        context.pause == null ? context.reason : context.pause,
        context.correlationId);
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
