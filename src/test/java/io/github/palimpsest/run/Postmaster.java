package io.github.palimpsest.run;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The server process of a folder, as far as it outlives the program that started it. */
final class Postmaster {
  private static final int SECONDS_TO_STOP = 10;

  private final ServerFolder folder;

  Postmaster(ServerFolder folder) {
    this.folder = folder;
  }

  /**
   * Stops the process that still runs on the folder, and removes the note of one that died. Such a
   * note would prevent the next start as soon as another program has got the same process number.
   */
  void stopLeftover() throws IOException {
    List<String> note = folder.postmasterNote();
    if (note.isEmpty()) {
      return;
    }
    Optional<ProcessHandle> process = process(note.get(0));
    if (process.isPresent() && process.get().info().commandLine().isEmpty()) {
      return; // Somebody else's process: PostgreSQL itself decides about the note.
    }
    process.filter(this::servesFolder).ifPresent(Postmaster::stop);
    folder.removePostmasterNote();
  }

  private static Optional<ProcessHandle> process(String number) {
    return ProcessHandle.of(Long.parseLong(number.strip())).filter(ProcessHandle::isAlive);
  }

  private boolean servesFolder(ProcessHandle process) {
    String command = process.info().commandLine().orElse("");
    return command.contains("postgres") && command.contains(folder.data().toString());
  }

  private static void stop(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().get(SECONDS_TO_STOP, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException | CancellationException e) {
      process.destroyForcibly(); // What was committed survives it.
      process.onExit().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
