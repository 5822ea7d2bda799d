package io.github.palimpsest;

/** No such content type: HTTP 404. */
public final class UnknownTypeException extends HistoryException {
  private static final long serialVersionUID = 1L;

  private final String contentType;

  /** Creates the exception for one name. */
  public UnknownTypeException(String contentType) {
    super("There is no content type %s.".formatted(contentType), null);
    this.contentType = contentType;
  }

  /** Returns the content type asked for. */
  public String contentType() {
    return contentType;
  }
}
