package io.github.palimpsest.matrix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of one package anew, as a provider's bytecode tool makes them, so that the very
 * same entities run changed and unchanged in one test run.
 */
final class ChangedClasses extends ClassLoader {
  /** A bytecode tool. */
  @FunctionalInterface
  interface Tool {
    /** Returns the changed class, or null if it stays as it is. */
    byte @Nullable [] change(String name, byte[] original);
  }

  private final String prefix;
  private final Tool tool;

  ChangedClasses(String packageName, Tool tool) {
    super(ChangedClasses.class.getClassLoader());
    this.prefix = packageName + ".";
    this.tool = tool;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      return name.startsWith(prefix) ? define(name) : super.loadClass(name, resolve);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] original = original(name);
    byte[] changed = tool.change(name, original);
    byte[] bytes = changed == null ? original : changed;
    return defineClass(name, bytes, 0, bytes.length);
  }

  private byte[] original(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
