package io.github.palimpsest.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one PostgreSQL server: its data, its log, its superuser's password. One process at
 * a time has it, until {@link #close}.
 */
final class ServerFolder {
  private final Path path;
  private final FileChannel lock;
  private final boolean temporary;

  private ServerFolder(Path path, FileChannel lock, boolean temporary) {
    this.path = path;
    this.lock = lock;
    this.temporary = temporary;
  }

  /** Returns a new folder, removed by {@link #close}. */
  static ServerFolder temporary() {
    try {
      Path path = Files.createTempDirectory("palimpsest-postgres-");
      return new ServerFolder(path, lock(path), true);
    } catch (IOException e) {
      throw new StartFailure("No temporary folder for PostgreSQL: " + e, e);
    }
  }

  /**
   * Returns the folder at {@code path}, created if missing.
   *
   * @throws StartFailure if another process has it
   */
  static ServerFolder kept(Path path) {
    try {
      Files.createDirectories(path);
      return new ServerFolder(path, lock(path), false);
    } catch (IOException e) {
      throw new StartFailure("PostgreSQL cannot keep its data in " + path + ": " + e, e);
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new StartFailure(
          ("%s is in use by another run of this command: stop that one first, or let this one use"
                  + " another PostgreSQL (DB_URL, DB_USER and DB_PASSWORD).")
              .formatted(path));
    }
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  Path data() {
    return path.resolve("data");
  }

  Path log() {
    return path.resolve("postgres.log");
  }

  /** Returns the file with the superuser's password, made up at the first call. */
  Path password() throws IOException {
    Path password = path.resolve("superuser-password");
    if (!Files.exists(password)) {
      // A temporary file is readable by its owner only.
      Path secret = Files.createTempFile(path, "superuser", "");
      Files.writeString(secret, UUID.randomUUID().toString());
      Files.move(secret, password);
    }
    return password;
  }

  /** Whether PostgreSQL has a note here that it runs; after a crash the note is wrong. */
  List<String> postmasterNote() throws IOException {
    Path note = data().resolve("postmaster.pid");
    return Files.exists(note) ? Files.readAllLines(note) : List.of();
  }

  void removePostmasterNote() throws IOException {
    Files.deleteIfExists(data().resolve("postmaster.pid"));
  }

  void close() {
    try {
      lock.close();
      if (temporary) {
        delete();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
