package io.github.palimpsest;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to restore: begin with {@link #to}, then say what differs from the whole state of what is
 * asked for, and of nothing else. Immutable.
 *
 * @param asOf the instant (inclusive); null if a position is given
 * @param position the position (inclusive), for one object; 0 if an instant is given
 * @param reason recorded with the change
 * @param isDryRun whether only to tell what would change
 * @param attributes the only ones to restore, of objects that are there now; empty for all
 * @param objectIds the only objects to restore of a type, in canonical text; empty for all
 * @param isRelated whether missing objects that references need come back too
 * @param isExact whether objects of the type that did not exist then are removed
 * @param listed how many objects the answer lists at most; it counts all
 */
public record Restore(
    @Nullable Instant asOf,
    long position,
    String reason,
    boolean isDryRun,
    Set<String> attributes,
    Set<String> objectIds,
    boolean isRelated,
    boolean isExact,
    int listed) {
  /** How many objects an answer lists if nothing else is asked for. */
  public static final int DEFAULT_LISTED = 1000;

  /**
   * Checks what is asked for.
   *
   * @throws IllegalArgumentException if there is not exactly one of instant and position, if the
   *     reason cannot be stored, or if single attributes and exactness are asked for together
   */
  public Restore {
    if ((asOf == null) == (position == 0) || position < 0) {
      throw new IllegalArgumentException("a restore needs either an instant or a position");
    }
    if (!AuditContext.isAcceptable(reason)) {
      throw new IllegalArgumentException(
          "reason must have 1 to %d characters, not all blank, and no control characters"
              .formatted(AuditContext.LONGEST));
    }
    if (isExact && !attributes.isEmpty()) {
      throw new IllegalArgumentException(
          "objects cannot be removed where only single attributes are restored");
    }
    if (listed < 0) {
      throw new IllegalArgumentException("listed must be 0 or more, was " + listed);
    }
    attributes = Collections.unmodifiableSet(new LinkedHashSet<>(attributes));
    objectIds = Collections.unmodifiableSet(new LinkedHashSet<>(objectIds));
  }

  /** Returns the restore of whole states as of an instant (inclusive). */
  public static Restore to(Instant asOf, String reason) {
    return new Restore(asOf, 0, reason, false, Set.of(), Set.of(), false, false, DEFAULT_LISTED);
  }

  /** Returns the restore of one object's whole state right after the event at a position. */
  public static Restore toPosition(long position, String reason) {
    return new Restore(
        null, position, reason, false, Set.of(), Set.of(), false, false, DEFAULT_LISTED);
  }

  /** Returns this, but only told, not done. */
  public Restore dryRun() {
    return new Restore(
        asOf, position, reason, true, attributes, objectIds, isRelated, isExact, listed);
  }

  /** Returns this, for these attributes only; an object that is gone is then a conflict. */
  public Restore attributes(String... names) {
    return new Restore(
        asOf, position, reason, isDryRun, Set.of(names), objectIds, isRelated, isExact, listed);
  }

  /** Returns this, for these objects of the type only, each of which must have existed then. */
  public Restore objects(List<String> ids) {
    return new Restore(
        asOf,
        position,
        reason,
        isDryRun,
        attributes,
        new LinkedHashSet<>(ids),
        isRelated,
        isExact,
        listed);
  }

  /**
   * Returns this, with the objects that its references need and that are gone, as of the same
   * instant, and what those need in turn. What is there stays as it is.
   */
  public Restore withRelated() {
    return new Restore(
        asOf, position, reason, isDryRun, attributes, objectIds, true, isExact, listed);
  }

  /**
   * Returns this, with the removal of what did not exist then: the type, or the objects that are
   * named, become exactly what they were. Without it what came later stays.
   */
  public Restore exactly() {
    return new Restore(
        asOf, position, reason, isDryRun, attributes, objectIds, isRelated, true, listed);
  }

  /** Returns this, with at most so many objects listed in the answer. */
  public Restore listing(int objects) {
    return new Restore(
        asOf, position, reason, isDryRun, attributes, objectIds, isRelated, isExact, objects);
  }
}
