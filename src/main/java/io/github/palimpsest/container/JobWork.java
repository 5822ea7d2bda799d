package io.github.palimpsest.container;

import io.github.palimpsest.restore.Progress;
import jakarta.json.JsonObject;

/** What a job does, and how it tells of it. */
public interface JobWork {
  /** Does it, within the active transaction, and returns the answer. */
  JsonObject run(Progress progress);

  /** Returns why it failed (RFC 9457). */
  JsonObject explain(Throwable thrown);
}
