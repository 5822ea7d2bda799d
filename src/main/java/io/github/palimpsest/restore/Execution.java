package io.github.palimpsest.restore;

import io.github.palimpsest.Conflict;
import io.github.palimpsest.ConflictException;
import io.github.palimpsest.MissingReferenceException;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.state.References;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes objects as they shall be, in batches, within the caller's transaction: plans a batch, then
 * writes it. An object that is referred to comes before what refers to it; of a circle one is
 * created without the reference, which is set at the end. A dry run is the same without the
 * writing. In memory are one batch, and the ids of what is created. For one thread and one use.
 */
final class Execution {
  /** Objects of one batch; between two batches the persistence context is cleared. */
  static final int BATCH = 500;

  /** How far references are followed before the objects they lead to have to wait their turn. */
  private static final int DEEPEST = 32;

  private final LiveEntities live;
  private final Planner planner;
  private final Goals goals;
  private final @Nullable Instant asOf;
  private final boolean isDryRun;
  private final Report report;

  private final Removals removals;
  private final Missing missing = new Missing();

  /** Created, or in a dry run to be created. */
  private final Set<StreamId> created = new HashSet<>();

  /** To be created by a batch that is being worked on. */
  private final Set<StreamId> pending = new HashSet<>();

  private final Set<StreamId> later = new LinkedHashSet<>();
  private final Set<StreamId> incomplete = new LinkedHashSet<>();
  private final List<Step> postponed = new ArrayList<>();
  private final Map<Reference, Boolean> presence = new HashMap<>();
  private References references;
  private int batches;

  Execution(
      LiveEntities live, Goals goals, @Nullable Instant asOf, boolean isDryRun, Report report) {
    this.live = live;
    this.planner = new Planner(live);
    this.goals = goals;
    this.asOf = asOf;
    this.isDryRun = isDryRun;
    this.report = report;
    this.removals = new Removals(live, asOf, isDryRun, report);
    this.references = live.references();
  }

  /**
   * Does it.
   *
   * @return a conflict for each object that could not be removed since something refers to it
   * @throws MissingReferenceException if something refers to what is not there
   * @throws ConflictException if objects need each other before either is there
   */
  List<Conflict> run() {
    live.flush();
    removals.begin(goals.gone());
    Batches.of(goals.all(), BATCH).forEach(this::begin);
    while (!later.isEmpty()) {
      List<StreamId> next = later.stream().limit(BATCH).toList();
      next.forEach(later::remove);
      begin(next.stream().map(this::goal).toList());
    }
    missing.requireNone();
    if (!isDryRun) {
      Batches.of(incomplete.stream(), BATCH).forEach(this::complete);
    }
    live.flush();
    List<Conflict> blocked = removals.finish();
    live.moveGenerators();
    return blocked;
  }

  private Goal goal(StreamId stream) {
    return goals.of(stream).orElseThrow();
  }

  private void begin(List<Goal> batch) {
    clear();
    make(batch, 0);
    List<Step> waiting = new ArrayList<>(postponed);
    postponed.clear();
    create(waiting);
    if (!postponed.isEmpty()) {
      throw new ConflictException(
          List.of(
              "%s need each other, so that none can be created first."
                  .formatted(
                      postponed.stream()
                          .map(step -> step.stream().toString())
                          .collect(Collectors.joining(", ")))));
    }
  }

  private void clear() {
    live.flush();
    if (batches++ > 0) {
      live.clear();
    }
    references = live.references();
    presence.clear();
  }

  private void make(Collection<Goal> batch, int depth) {
    List<Step> steps =
        batch.stream()
            .filter(goal -> !created.contains(goal.stream()))
            .map(planner::plan)
            .filter(step -> !step.isIdle())
            .toList();
    steps.forEach(step -> report.add(step.told(asOf, isDryRun)));
    steps.stream().filter(Step::isCreation).map(Step::stream).forEach(pending::add);
    Map<StreamId, Goal> needed = new LinkedHashMap<>();
    steps.forEach(step -> addNeeds(step, needed));
    if (depth == DEEPEST) {
      later.addAll(needed.keySet());
    } else if (!needed.isEmpty()) {
      Batches.of(needed.values().stream(), BATCH).forEach(each -> make(each, depth + 1));
    }
    if (missing.isEmpty()) {
      write(steps);
    }
  }

  private void addNeeds(Step step, Map<StreamId, Goal> needed) {
    for (Reference reference : step.references().keySet()) {
      Optional<StreamId> stream = reference.stream(live.models());
      if (!isThere(reference, stream) && !stream.filter(pending::contains).isPresent()) {
        Optional<Goal> goal = stream.flatMap(goals::of);
        if (goal.isPresent()) {
          needed.put(stream.get(), goal.get());
        } else {
          missing.add(step.stream(), reference, live.models());
        }
      }
    }
  }

  private boolean isThere(Reference reference, Optional<StreamId> stream) {
    if (stream.filter(goals.gone()::contains).isPresent()) {
      return false;
    }
    return stream.filter(created::contains).isPresent()
        || presence.computeIfAbsent(
            reference, each -> references.resolve(each.entityClass(), each.primaryKey()) != null);
  }

  private void write(List<Step> steps) {
    create(new ArrayList<>(steps.stream().filter(Step::isCreation).toList()));
    steps.stream()
        .filter(step -> !step.isCreation() && !step.changes().isEmpty())
        .forEach(this::changeOnceComplete);
  }

  private void changeOnceComplete(Step step) {
    removals.changed(step.stream(), step.changedAttributes());
    if (!open(step).isEmpty()) {
      incomplete.add(step.stream());
    } else if (!isDryRun) {
      change(step);
    }
  }

  private void create(List<Step> waiting) {
    while (!waiting.isEmpty()) {
      List<Step> ready = waiting.stream().filter(step -> open(step).isEmpty()).toList();
      if (ready.isEmpty()) {
        ready = waiting.stream().filter(this::canBeginIncomplete).limit(1).toList();
      }
      if (ready.isEmpty()) {
        postponed.addAll(waiting);
        return;
      }
      ready.forEach(this::create);
      waiting.removeAll(ready);
      if (!isDryRun) {
        live.flush();
      }
    }
  }

  private void create(Step step) {
    Set<String> open = open(step);
    Map<String, JsonValue> state = new TreeMap<>(step.goal().wanted());
    state.keySet().removeAll(open);
    if (!open.isEmpty()) {
      incomplete.add(step.stream());
    }
    if (!isDryRun) {
      Planner.readable(
          step.stream(),
          () -> {
            live.create(step.goal().model(), state, references);
            return true;
          });
    }
    created.add(step.stream());
    pending.remove(step.stream());
  }

  /** Returns the attributes that refer to what is not there yet. */
  private Set<String> open(Step step) {
    Set<String> open = new HashSet<>();
    step.references()
        .forEach(
            (reference, attributes) -> {
              if (!isThere(reference, reference.stream(live.models()))) {
                open.addAll(attributes);
              }
            });
    return open;
  }

  private boolean canBeginIncomplete(Step step) {
    return open(step).stream().noneMatch(each -> live.isRequired(step.goal().model(), each));
  }

  private void change(Step step) {
    Set<String> names = step.changedAttributes();
    Map<String, JsonValue> wanted = new TreeMap<>(step.goal().wanted());
    wanted.keySet().retainAll(names);
    Planner.readable(
        step.stream(),
        () -> {
          Object old = step.goal().model().instantiate(wanted, references);
          Object entity = step.entity().orElseThrow();
          step.goal().model().keepMasked(entity, old);
          live.change(step.goal().model(), entity, names, old);
          return true;
        });
  }

  /** Sets the references that were left out, now that everything is there. */
  private void complete(List<StreamId> streams) {
    clear();
    streams.stream()
        .map(this::goal)
        .map(planner::plan)
        .filter(step -> !step.changes().isEmpty())
        .forEach(this::change);
  }
}
