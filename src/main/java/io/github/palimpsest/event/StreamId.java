package io.github.palimpsest.event;

/**
 * Names all events of one object.
 *
 * @param contentType stable logical name of the entity kind, not empty
 * @param objectId the primary key in canonical text, not empty: the plain value, or for composite
 *     ids a JSON object with sorted keys
 */
public record StreamId(String contentType, String objectId) {
  public StreamId {
    if (contentType.isEmpty() || objectId.isEmpty()) {
      throw new IllegalArgumentException(
          "content type and object id must not be empty, were '%s' and '%s'"
              .formatted(contentType, objectId));
    }
  }

  /** Returns {@code contentType/objectId}, for messages. */
  @Override
  public String toString() {
    return contentType + "/" + objectId;
  }
}
