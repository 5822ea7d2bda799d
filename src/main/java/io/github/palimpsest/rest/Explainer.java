package io.github.palimpsest.rest;

import io.github.palimpsest.CaptureFailedException;
import io.github.palimpsest.ConflictException;
import io.github.palimpsest.FutureInstantException;
import io.github.palimpsest.HistoryException;
import io.github.palimpsest.HistoryUnavailableException;
import io.github.palimpsest.InexpressibleTypeException;
import io.github.palimpsest.MissingReferenceException;
import io.github.palimpsest.NotSettledException;
import io.github.palimpsest.PositionChangedException;
import io.github.palimpsest.StreamDeletedException;
import io.github.palimpsest.StreamNotFoundException;
import io.github.palimpsest.TooManyObjectsException;
import io.github.palimpsest.TransactionNotFoundException;
import io.github.palimpsest.UnknownTypeException;
import io.github.palimpsest.UnreadableEventException;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.bind.JsonbException;
import jakarta.json.spi.JsonProvider;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.ProcessingException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Explains an exception as a problem, by the first of its causes that is known: containers and
 * persistence providers wrap what ended a transaction, each in its own classes.
 */
final class Explainer {
  // a test holds this to the classes that HistoryException permits
  static final Map<Class<? extends HistoryException>, ProblemType> TYPES =
      Map.ofEntries(
          Map.entry(CaptureFailedException.class, ProblemType.INTERNAL),
          Map.entry(ConflictException.class, ProblemType.CONFLICT),
          Map.entry(FutureInstantException.class, ProblemType.FUTURE_INSTANT),
          Map.entry(HistoryUnavailableException.class, ProblemType.INTERNAL),
          Map.entry(InexpressibleTypeException.class, ProblemType.INEXPRESSIBLE_TYPE),
          Map.entry(MissingReferenceException.class, ProblemType.MISSING_REFERENCE),
          Map.entry(NotSettledException.class, ProblemType.NOT_SETTLED),
          Map.entry(PositionChangedException.class, ProblemType.PRECONDITION_FAILED),
          Map.entry(StreamDeletedException.class, ProblemType.REMOVED_OBJECT),
          Map.entry(StreamNotFoundException.class, ProblemType.UNKNOWN_OBJECT),
          Map.entry(TooManyObjectsException.class, ProblemType.TOO_MANY_OBJECTS),
          Map.entry(TransactionNotFoundException.class, ProblemType.UNKNOWN_TRANSACTION),
          Map.entry(UnknownTypeException.class, ProblemType.UNKNOWN_TYPE),
          Map.entry(UnreadableEventException.class, ProblemType.UNREADABLE_STATE));

  private static final int DEEPEST = 50;
  private static final JsonProvider JSON = JsonProvider.provider();

  private Explainer() {}

  /** Returns the problem, of type {@link ProblemType#INTERNAL} if no cause is known. */
  static Problem explain(Throwable thrown) {
    return causes(thrown).stream()
        .map(Explainer::find)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(Explainer::internal);
  }

  /** Returns the exception, then its cause, and so on; causes may form a circle. */
  static List<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
        .limit(DEEPEST)
        .toList();
  }

  static Problem internal() {
    return Problem.of(ProblemType.INTERNAL, "The server's log has the cause, by this instance.");
  }

  private static Optional<Problem> find(Throwable cause) {
    if (cause instanceof HistoryException exception) {
      return Optional.of(history(exception));
    }
    if (cause instanceof MalformedBodyException) {
      return Optional.of(Problem.of(ProblemType.MALFORMED_BODY, cause.getMessage()));
    }
    if (cause instanceof BodyTooLargeException) {
      return Optional.of(Problem.of(ProblemType.TOO_LARGE, cause.getMessage()));
    }
    if (isUnreadBody(cause)) {
      return Optional.of(Problem.of(ProblemType.MALFORMED_BODY, "The body cannot be read."));
    }
    if (cause.getClass().getSimpleName().equals("OptimisticLockException")) {
      // of Jakarta Persistence, or the one of EclipseLink, which it does not always translate
      return Optional.of(changedMeanwhile());
    }
    if (cause instanceof ConstraintViolationException violated) {
      return Optional.of(invalid(violated));
    }
    return cause instanceof SQLException exception ? database(exception) : Optional.empty();
  }

  private static Problem history(HistoryException exception) {
    ProblemType type = TYPES.getOrDefault(exception.getClass(), ProblemType.INTERNAL);
    if (type == ProblemType.INTERNAL) {
      return internal();
    }
    Problem problem = Problem.of(type, exception.getMessage());
    if (exception instanceof ConflictException conflict) {
      JsonArray conflicts = JSON.createArrayBuilder(conflict.conflicts()).build();
      return problem.with("conflicts", conflicts);
    }
    if (exception instanceof MissingReferenceException missing) {
      return problem
          .with("missing", JSON.createArrayBuilder(missing.missing()).build())
          .with("conflicts", JSON.createArrayBuilder(missing.conflicts()).build());
    }
    if (exception instanceof PositionChangedException changed) {
      return problem
          .with("expected", JSON.createValue(changed.expected()))
          .with("actual", JSON.createValue(changed.actual()));
    }
    return problem;
  }

  /** The same classes come from writing an answer: that is no fault of the caller. */
  private static boolean isUnreadBody(Throwable cause) {
    return (cause instanceof ProcessingException
            || cause instanceof JsonException
            || cause instanceof JsonbException)
        && Arrays.stream(cause.getStackTrace())
            .anyMatch(frame -> frame.getMethodName().equals("readFrom"));
  }

  /** Names attributes and constraints; messages of Bean Validation may quote values. */
  private static Problem invalid(ConstraintViolationException violated) {
    SortedMap<String, String> constraints = new TreeMap<>();
    violated
        .getConstraintViolations()
        .forEach(
            each ->
                constraints.put(
                    each.getPropertyPath().toString(),
                    each.getConstraintDescriptor()
                        .getAnnotation()
                        .annotationType()
                        .getSimpleName()));
    JsonObjectBuilder attributes = JSON.createObjectBuilder();
    constraints.forEach(attributes::add);
    return Problem.of(
            ProblemType.CONSTRAINT,
            "Bean Validation refused %s; nothing was changed."
                .formatted(String.join(", ", constraints.keySet())))
        .with("attributes", attributes.build());
  }

  /** PostgreSQL, appendix A: class 23 is a violated constraint, class 40 a lost race. */
  private static Optional<Problem> database(SQLException exception) {
    String state = String.valueOf(exception.getSQLState());
    if (state.startsWith("23")) {
      return Optional.of(constraint(new ServerError(exception)));
    }
    return state.startsWith("40") ? Optional.of(changedMeanwhile()) : Optional.empty();
  }

  private static Problem constraint(ServerError error) {
    Optional<String> column = error.nullColumn();
    if (column.isPresent()) {
      return Problem.of(
              ProblemType.CONSTRAINT,
              "The database does not take null for column %s; nothing was changed."
                  .formatted(column.get()))
          .with("column", JSON.createValue(column.get()));
    }
    Problem problem =
        Problem.of(ProblemType.CONSTRAINT, "The database refused the change; nothing was changed.");
    return error.constraint().map(name -> problem.with("constraint", name)).orElse(problem);
  }

  private static Problem changedMeanwhile() {
    return Problem.of(
        ProblemType.CONFLICT, "Another transaction changed it meanwhile; read it and try again.");
  }
}
