package io.github.palimpsest.rest.live;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The way out to one client: a page at most, handed to the container in chunks, and none that the
 * connection would not take. Never blocks. Not safe for threads.
 */
final class Outlet {
  private static final int CHUNK = 8192;

  private final ServletOutputStream output;
  private byte @Nullable [] page;
  private int sent;
  private boolean isFlushed = true;
  private long moved = System.nanoTime();

  Outlet(ServletOutputStream output) {
    this.output = output;
  }

  /** Has the container call the listener now, and again whenever the connection takes more. */
  void listen(WriteListener listener) {
    output.setWriteListener(listener);
  }

  /** Takes a page, after the one before is out. */
  void put(byte[] next) {
    page = next;
    sent = 0;
    moved = System.nanoTime();
  }

  /** Forgets what is not out yet. */
  void clear() {
    page = null;
    isFlushed = true;
  }

  /** Returns whether the container has taken everything. */
  boolean isEmpty() {
    return page == null && isFlushed;
  }

  /** Returns whether nothing has moved for longer than that. */
  boolean hasRestedFor(Duration time) {
    return System.nanoTime() - moved > time.toNanos();
  }

  /**
   * Hands over as much as the connection takes now.
   *
   * @throws IOException if the client is gone
   * @throws IllegalStateException if the container has done with the request
   */
  void write() throws IOException {
    while (!isEmpty() && output.isReady()) {
      writeSome();
      moved = System.nanoTime();
    }
  }

  private void writeSome() throws IOException {
    if (page == null) {
      output.flush();
      isFlushed = true;
      return;
    }
    int length = Math.min(CHUNK, page.length - sent);
    output.write(page, sent, length);
    sent += length;
    isFlushed = false;
    if (sent == page.length) {
      page = null;
    }
  }
}
