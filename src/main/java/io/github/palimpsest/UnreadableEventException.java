package io.github.palimpsest;

import org.jspecify.annotations.Nullable;

/** A stored state does not fit its entity class, and no upcaster bridges the two: HTTP 409. */
public final class UnreadableEventException extends HistoryException {
  private static final long serialVersionUID = 1L;

  private final String contentType;
  private final String objectId;

  /** Creates the exception for one object; {@code problem} names attributes, never values. */
  public UnreadableEventException(
      String contentType, String objectId, String problem, @Nullable Throwable cause) {
    super("%s/%s cannot be read: %s.".formatted(contentType, objectId, problem), cause);
    this.contentType = contentType;
    this.objectId = objectId;
  }

  /** Returns the content type of the state. */
  public String contentType() {
    return contentType;
  }

  /** Returns the object id of the state. */
  public String objectId() {
    return objectId;
  }
}
