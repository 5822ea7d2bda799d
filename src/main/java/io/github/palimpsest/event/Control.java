package io.github.palimpsest.event;

import java.util.List;
import java.util.Map;

/**
 * The library's own content type: what was done to the keeping of history itself, as domain events.
 * ADR 0011 tells how SQL recognises a pause.
 */
public final class Control {
  /** Begins the names of content types that no entity may have. */
  public static final String RESERVED = "palimpsest.";

  /** The content type. */
  public static final ContentType TYPE =
      new ContentType(
          RESERVED + "control", List.of(), "palimpsest", Map.of("topic", String.class.getName()));

  /** The stream of pauses of capture. */
  public static final StreamId CAPTURE = new StreamId(TYPE.name(), "capture");

  /** Name of the event that a transaction has whose changes were not captured. */
  public static final String PAUSED_CAPTURE = "paused_capture";

  /** The stream of undone transactions. */
  public static final StreamId UNDO = new StreamId(TYPE.name(), "undo");

  /** Name of the event that a transaction has which undid another one; its body names that. */
  public static final String UNDID_TRANSACTION = "undid_transaction";

  /** Name of the number of the undone transaction in the body. */
  public static final String TRANSACTION = "transaction";

  private Control() {}
}
