package io.github.palimpsest.rest;

import io.github.palimpsest.StreamDeletedException;
import io.github.palimpsest.rebuild.Memento;
import io.github.palimpsest.rebuild.State;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The answer that a memento is. */
final class MementoView {
  static final String DATETIME = "Memento-Datetime";
  static final String FOR_EVER = "private, max-age=31536000, immutable";

  private MementoView() {}

  /** Returns the position of a path; what cannot be one names no memento. */
  static long position(String text) {
    if (!text.matches("[1-9][0-9]{0,17}")) {
      throw none();
    }
    return Long.parseLong(text);
  }

  /** Returns 404 for what is no memento of the object. */
  static ProblemException none() {
    return ProblemException.of(
        ProblemType.NOT_FOUND, "The object has no memento at this position.");
  }

  /** Answers the state as it was written, or that there was none any more. */
  static Response.ResponseBuilder answer(State state, Memento memento) {
    if (state.isTombstone()) {
      return Explainer.explain(
              new StreamDeletedException(
                  state.stream().contentType(), state.stream().objectId(), state.position()))
          .respond();
    }
    return Response.ok(Views.state(state, memento.timeCreated(), List.of()));
  }
}
