package io.github.palimpsest;

/** The object did not exist by the instant asked for: HTTP 404. */
public final class StreamNotFoundException extends HistoryException {
  private static final long serialVersionUID = 1L;

  private final String contentType;
  private final String objectId;

  /** Creates the exception for one object. */
  public StreamNotFoundException(String contentType, String objectId) {
    super("%s/%s did not exist by then.".formatted(contentType, objectId), null);
    this.contentType = contentType;
    this.objectId = objectId;
  }

  /** Returns the content type asked for. */
  public String contentType() {
    return contentType;
  }

  /** Returns the object id asked for. */
  public String objectId() {
    return objectId;
  }
}
