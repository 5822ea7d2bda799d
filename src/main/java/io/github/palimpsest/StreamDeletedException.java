package io.github.palimpsest;

/** The object had been removed by the instant asked for: HTTP 410. */
public final class StreamDeletedException extends HistoryException {
  private static final long serialVersionUID = 1L;

  private final String contentType;
  private final String objectId;
  private final long position;

  /** Creates the exception for one object and the position of its tombstone. */
  public StreamDeletedException(String contentType, String objectId, long position) {
    super("%s/%s was removed at position %d.".formatted(contentType, objectId, position), null);
    this.contentType = contentType;
    this.objectId = objectId;
    this.position = position;
  }

  /** Returns the content type asked for. */
  public String contentType() {
    return contentType;
  }

  /** Returns the object id asked for. */
  public String objectId() {
    return objectId;
  }

  /** Returns the position of the tombstone. */
  public long position() {
    return position;
  }
}
