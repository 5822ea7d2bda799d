package io.github.palimpsest.state;

import io.github.palimpsest.StateUpcaster;
import io.github.palimpsest.UnreadableEventException;
import io.github.palimpsest.Upcaster;
import io.github.palimpsest.event.StreamId;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The upcasters of one persistence unit, chained by content type. Pure; safe for threads. */
public final class Upcasters {
  private final Map<String, Chain> chains = new HashMap<>();

  private Upcasters() {}

  /** Returns no upcasters: every state stays as its class wrote it. */
  public static Upcasters none() {
    return new Upcasters();
  }

  /**
   * Returns the upcasters that service files name, as Java SE finds them.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  public static Upcasters fromServiceFiles(EntityModels models) {
    List<StateUpcaster> found = new ArrayList<>();
    ServiceLoader.load(StateUpcaster.class).forEach(found::add);
    return of(models, found);
  }

  /**
   * Chains upcasters.
   *
   * @throws IllegalArgumentException if one is not annotated, of an unknown content type or of a
   *     version that is not older than the class, or if a version has none or two
   */
  public static Upcasters of(EntityModels models, Collection<? extends StateUpcaster> found) {
    Upcasters upcasters = new Upcasters();
    models.all().forEach(model -> upcasters.chains.put(model.contentType(), Chain.of(model)));
    found.forEach(upcaster -> upcasters.add(models, upcaster));
    upcasters.chains.forEach((contentType, chain) -> chain.requireComplete(contentType));
    return upcasters;
  }

  private void add(EntityModels models, StateUpcaster upcaster) {
    Class<?> type = upcaster.getClass();
    Upcaster registered = type.getAnnotation(Upcaster.class);
    if (registered == null) {
      throw new IllegalArgumentException(
          "%s is not annotated with @Upcaster".formatted(type.getName()));
    }
    EntityModel model =
        models
            .formerly(registered.contentType())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s is an upcaster of %s, which is no content type"
                            .formatted(type.getName(), registered.contentType())));
    Objects.requireNonNull(chains.get(model.contentType())).add(registered.from(), upcaster);
  }

  /**
   * Returns the version of today's class; {@code otherwise} if no class has this content type, or
   * it has no upcasters and the version is older.
   *
   * @throws UnreadableEventException if {@code otherwise} is newer than the class
   */
  public int today(StreamId stream, long position, int otherwise) {
    Chain chain = chains.get(stream.contentType());
    if (chain == null) {
      return otherwise;
    }
    if (otherwise > chain.today()) {
      throw unreadable(
          stream,
          "version %d of its class wrote it at position %d, here is version %d"
              .formatted(otherwise, position, chain.today()),
          null);
    }
    return chain.steps().isEmpty() ? otherwise : chain.today();
  }

  /**
   * Returns a full state as a later version writes it; as it is if the type has no upcasters.
   *
   * @param position of the event or snapshot it comes from
   * @throws UnreadableEventException if an upcaster fails
   */
  public JsonObject state(StreamId stream, long position, JsonObject state, int from, int to) {
    return upcast(stream, position, state, from, to, StateUpcaster::upcast);
  }

  /**
   * Returns the changes of an update as a later version writes them, likewise.
   *
   * @throws UnreadableEventException if an upcaster fails
   */
  public JsonObject changes(StreamId stream, long position, JsonObject changes, int from, int to) {
    return upcast(stream, position, changes, from, to, StateUpcaster::upcastChanges);
  }

  private JsonObject upcast(
      StreamId stream,
      long position,
      JsonObject body,
      int from,
      int to,
      BiFunction<StateUpcaster, JsonObject, @Nullable JsonObject> how) {
    Chain chain = chains.get(stream.contentType());
    JsonObject upcast = body;
    for (int version = from; chain != null && version < to; version++) {
      StateUpcaster step = chain.steps().get(version);
      if (step != null) {
        upcast = step(stream, position, upcast, version, step, how);
      }
    }
    return upcast;
  }

  private static JsonObject step(
      StreamId stream,
      long position,
      JsonObject body,
      int version,
      StateUpcaster step,
      BiFunction<StateUpcaster, JsonObject, @Nullable JsonObject> how) {
    try {
      JsonObject upcast = how.apply(step, body);
      if (upcast == null) {
        throw new NullPointerException("returned null");
      }
      return upcast;
    } catch (RuntimeException e) {
      throw unreadable(
          stream,
          "the upcaster from version %d failed at position %d (%s)"
              .formatted(version, position, e.getClass().getName()),
          withoutMessage(e));
    }
  }

  /** The message of a cast or of a parser holds the value, which must not reach a log. */
  private static Throwable withoutMessage(RuntimeException e) {
    Throwable cause = new IllegalStateException(e.getClass().getName());
    cause.setStackTrace(e.getStackTrace());
    return cause;
  }

  private static UnreadableEventException unreadable(
      StreamId stream, String problem, @Nullable Throwable cause) {
    return new UnreadableEventException(stream.contentType(), stream.objectId(), problem, cause);
  }

  /**
   * The upcasters of one content type.
   *
   * @param today version of the class
   * @param steps version to what upcasts it to the next
   */
  private record Chain(int today, Map<Integer, StateUpcaster> steps) {
    static Chain of(EntityModel model) {
      return new Chain(model.schemaVersion(), new HashMap<>());
    }

    void add(int from, StateUpcaster upcaster) {
      String name = upcaster.getClass().getName();
      if (from < 1 || from >= today) {
        throw new IllegalArgumentException(
            "%s upcasts from version %d, but the class has version %d"
                .formatted(name, from, today));
      }
      StateUpcaster other = steps.put(from, upcaster);
      if (other != null) {
        throw new IllegalArgumentException(
            "%s and %s both upcast from version %d"
                .formatted(other.getClass().getName(), name, from));
      }
    }

    void requireComplete(String contentType) {
      for (int version = 1; version < today && !steps.isEmpty(); version++) {
        if (!steps.containsKey(version)) {
          throw new IllegalArgumentException(
              "no upcaster of %s takes version %d, others do".formatted(contentType, version));
        }
      }
    }
  }
}
