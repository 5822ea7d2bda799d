package io.github.palimpsest.rest;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What PostgreSQL names in an error. Its message is in the language of the database, the names
 * beside it are in none.
 *
 * @param exception the driver's
 */
record ServerError(SQLException exception) {
  private static final Pattern NULL_COLUMN =
      Pattern.compile("null value in column \"([^\"\\n]+)\"");
  private static final Pattern CONSTRAINT = Pattern.compile("constraint \"([^\"\\n]+)\"");
  private static final String NOT_NULL = "23502";

  /** Returns the column that takes no null, if that is the error. */
  Optional<String> nullColumn() {
    return NOT_NULL.equals(exception.getSQLState())
        ? named("getColumn").or(() -> written(NULL_COLUMN))
        : Optional.empty();
  }

  /** Returns the constraint that is violated, if it has a name. */
  Optional<String> constraint() {
    return named("getConstraint").or(() -> written(CONSTRAINT));
  }

  /** An exception of a batch has the server's as a cause. */
  private Optional<String> named(String getter) {
    return Explainer.causes(exception).stream()
        .flatMap(cause -> call(cause, "getServerErrorMessage").stream())
        .flatMap(message -> call(message, getter).stream())
        .map(Object::toString)
        .findFirst();
  }

  /**
   * By reflection: the server may have loaded the driver, and hand out exceptions of another class
   * than the application knows by the name of {@code PSQLException}, or it knows none.
   */
  private static Optional<Object> call(Object object, String getter) {
    try {
      return Optional.ofNullable(object.getClass().getMethod(getter).invoke(object));
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  /** The first line holds identifiers only, the others values. */
  private Optional<String> written(Pattern pattern) {
    String message = String.valueOf(exception.getMessage());
    Matcher found = pattern.matcher(message.lines().findFirst().orElse(""));
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
