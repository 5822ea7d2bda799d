package io.github.palimpsest.rebuild;

import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.EntityModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Goes through those who referred to one object: by content type, the shorter object ids first. A
 * batch of them is in memory, however many there are.
 *
 * @param referrers knows who refers to whom
 * @param owners the types that may
 * @param mappedBy the attribute with which they do
 * @param target to whom
 */
record ReferrerPages(
    PastReferrers referrers, List<EntityModel> owners, String mappedBy, StreamId target) {
  private static final int BATCH = 500;

  /**
   * Returns them as they are consumed.
   *
   * @param after {@code type/id} of whom to begin after, null for the beginning
   * @param first about so many are wanted
   * @throws IllegalArgumentException if {@code after} is of another type
   */
  Stream<State> from(@Nullable String after, int first) {
    StreamId last = after == null ? null : place(after);
    return owners.stream()
        .filter(model -> last == null || model.contentType().compareTo(last.contentType()) >= 0)
        .flatMap(model -> of(model, after(model, last), first));
  }

  private static String after(EntityModel model, @Nullable StreamId last) {
    return last != null && last.contentType().equals(model.contentType()) ? last.objectId() : "";
  }

  private StreamId place(String after) {
    return owners.stream()
        .map(model -> model.contentType() + "/")
        .filter(prefix -> after.startsWith(prefix) && after.length() > prefix.length())
        .map(
            prefix ->
                new StreamId(
                    prefix.substring(0, prefix.length() - 1), after.substring(prefix.length())))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("after is not of this relation"));
  }

  private Stream<State> of(EntityModel model, String after, int first) {
    AttributePath path = new AttributePaths(referrers.models()).within(model, mappedBy);
    return Stream.iterate(
            referrers.candidates(model, path, target, after, BATCH),
            ids -> !ids.isEmpty(),
            ids ->
                ids.size() < BATCH
                    ? List.of()
                    : referrers.candidates(model, path, target, ids.get(ids.size() - 1), BATCH))
        .flatMap(ids -> Batches.of(ids.stream(), Math.min(first, BATCH)))
        .flatMap(ids -> states(model, ids))
        .filter(state -> referrers.referenced(path, state).contains(target));
  }

  private Stream<State> states(EntityModel model, List<String> ids) {
    Map<String, State> states = new HashMap<>();
    referrers
        .rebuilder()
        .at(model.contentType(), ids, Bound.asOf(referrers.settled()))
        .forEach(state -> states.put(state.stream().objectId(), state));
    return ids.stream()
        .flatMap(id -> Stream.ofNullable(states.get(id)))
        .filter(state -> !state.isTombstone());
  }
}
