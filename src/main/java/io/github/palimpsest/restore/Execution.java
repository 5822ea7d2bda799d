package io.github.palimpsest.restore;

import io.github.palimpsest.Conflict;
import io.github.palimpsest.ConflictException;
import io.github.palimpsest.MissingReferenceException;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Batches;
import io.github.palimpsest.state.EntityModel;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  /** Objects of one batch, if nothing else is said. */
  static final int BATCH = 500;

  /** How far references are followed before the objects they lead to have to wait their turn. */
  private static final int DEEPEST = 32;

  private final LiveEntities live;
  private final Planner planner;
  private final Goals goals;
  private final @Nullable Instant asOf;
  private final boolean isDryRun;
  private final Report report;
  private final Progress progress;
  private final int batch;

  private final Removals removals;
  private final Missing missing = new Missing();
  private final Written written;

  /** Created, or in a dry run to be created. */
  private final Set<StreamId> created = new HashSet<>();

  /** To be created by a batch that is being worked on. */
  private final Set<StreamId> pending = new HashSet<>();

  private final Set<StreamId> later = new LinkedHashSet<>();
  private final Set<StreamId> incomplete = new LinkedHashSet<>();
  private final List<Step> postponed = new ArrayList<>();
  private LiveReferences references;
  private int batches;
  private long lookedAt;

  private record Creation(Goal goal, NewEntity entity) {}

  /**
   * Creates it.
   *
   * @param batch objects of one batch; between two batches the persistence context is cleared
   */
  Execution(
      LiveEntities live,
      Goals goals,
      @Nullable Instant asOf,
      boolean isDryRun,
      Report report,
      Progress progress,
      int batch) {
    this.live = live;
    this.progress = progress;
    this.planner = new Planner(live);
    this.goals = goals;
    this.asOf = asOf;
    this.isDryRun = isDryRun;
    this.report = report;
    this.batch = batch;
    this.removals = new Removals(live, asOf, isDryRun, report);
    this.written = new Written(live.models(), report);
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
    reached(Progress.Phase.REMOVING);
    removals.begin(goals.gone());
    reached(Progress.Phase.RESTORING);
    Batches.of(goals.all(), batch).forEach(this::beginAskedFor);
    while (!later.isEmpty()) {
      List<StreamId> next = later.stream().limit(batch).toList();
      next.forEach(later::remove);
      begin(goals(next));
    }
    missing.requireNone();
    reached(Progress.Phase.COMPLETING);
    if (!isDryRun) {
      Batches.of(incomplete.stream(), batch).forEach(this::complete);
    }
    live.flush();
    written.compare();
    List<Conflict> blocked = removals.finish();
    live.moveGenerators();
    return blocked;
  }

  private List<Goal> goals(List<StreamId> streams) {
    Map<StreamId, Goal> found = goals.of(streams);
    return streams.stream().map(stream -> Objects.requireNonNull(found.get(stream))).toList();
  }

  private void reached(Progress.Phase phase) {
    progress.reached(phase, lookedAt, goals::most);
  }

  private void beginAskedFor(List<Goal> asked) {
    begin(asked);
    lookedAt += asked.size();
    reached(Progress.Phase.RESTORING);
  }

  private void begin(List<Goal> wanted) {
    clear();
    make(wanted, 0);
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
    written.compare();
    if (batches++ > 0) {
      live.clear();
    }
    references = live.references();
  }

  private void make(Collection<Goal> wanted, int depth) {
    List<Step> steps =
        planner
            .plan(wanted.stream().filter(goal -> !created.contains(goal.stream())).toList())
            .stream()
            .filter(step -> !step.isIdle())
            .toList();
    steps.forEach(step -> report.add(step.told(asOf, isDryRun)));
    steps.stream().filter(Step::isCreation).map(Step::stream).forEach(pending::add);
    Map<StreamId, Goal> needed = needs(steps);
    if (depth == DEEPEST) {
      later.addAll(needed.keySet());
    } else if (!needed.isEmpty()) {
      Batches.of(needed.values().stream(), batch).forEach(each -> make(each, depth + 1));
    }
    if (missing.isEmpty()) {
      write(steps);
    }
  }

  /** Returns what the steps refer to and is not there, in the order in which they do. */
  private Map<StreamId, Goal> needs(List<Step> steps) {
    loadReferences(steps);
    Map<Reference, Step> absent = new LinkedHashMap<>();
    Set<StreamId> wanted = new LinkedHashSet<>();
    for (Step step : steps) {
      for (Reference reference : step.references().keySet()) {
        Optional<StreamId> stream = reference.stream(live.models());
        if (!isThere(reference, stream) && !stream.filter(pending::contains).isPresent()) {
          absent.putIfAbsent(reference, step);
          stream.ifPresent(wanted::add);
        }
      }
    }
    Map<StreamId, Goal> found = goals.of(wanted);
    absent.forEach(
        (reference, step) -> {
          if (reference.stream(live.models()).filter(found::containsKey).isEmpty()) {
            missing.add(step.stream(), reference, live.models());
          }
        });
    wanted.retainAll(found.keySet());
    Map<StreamId, Goal> needed = new LinkedHashMap<>();
    wanted.forEach(stream -> needed.put(stream, Objects.requireNonNull(found.get(stream))));
    return needed;
  }

  private void loadReferences(List<Step> steps) {
    Map<Class<?>, Set<Object>> keys = new LinkedHashMap<>();
    steps.stream()
        .flatMap(step -> step.references().keySet().stream())
        .forEach(
            reference ->
                keys.computeIfAbsent(reference.entityClass(), each -> new LinkedHashSet<>())
                    .add(reference.primaryKey()));
    keys.forEach(references::load);
  }

  private boolean isThere(Reference reference, Optional<StreamId> stream) {
    if (stream.filter(goals.gone()::contains).isPresent()) {
      return false;
    }
    return stream.filter(created::contains).isPresent()
        || references.resolve(reference.entityClass(), reference.primaryKey()) != null;
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
      createNow(ready);
      waiting.removeAll(Set.copyOf(ready));
      if (!isDryRun) {
        live.flush();
      }
    }
  }

  private void createNow(List<Step> steps) {
    Map<EntityModel, List<Creation>> wanted = new LinkedHashMap<>();
    for (Step step : steps) {
      wanted
          .computeIfAbsent(step.goal().model(), each -> new ArrayList<>())
          .add(new Creation(step.goal(), newEntity(step)));
    }
    if (!isDryRun) {
      wanted.forEach(this::create);
    }
    for (Step step : steps) {
      created.add(step.stream());
      pending.remove(step.stream());
    }
  }

  private NewEntity newEntity(Step step) {
    EntityModel model = step.goal().model();
    Set<String> open = open(step);
    Map<String, JsonValue> state = new TreeMap<>(step.goal().wanted());
    state.keySet().removeAll(open);
    if (!open.isEmpty() || !step.isInsertedWhole()) {
      incomplete.add(step.stream());
    }
    Object copy = Planner.readable(step.stream(), () -> model.instantiate(state, references));
    return NewEntity.of(model, copy, state);
  }

  private void create(EntityModel model, List<Creation> wanted) {
    List<Object> entities = live.create(model, wanted.stream().map(Creation::entity).toList());
    for (int i = 0; i < entities.size(); i++) {
      Goal goal = wanted.get(i).goal();
      Object key = model.identifier().primaryKey(goal.stream().objectId());
      references.add(model.entityClass(), key, entities.get(i));
      if (!incomplete.contains(goal.stream())) {
        written.add(goal, entities.get(i));
      }
    }
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
          written.add(step.goal(), entity);
          return true;
        });
  }

  /** Sets what was left out, or what the insert did not write, now that everything is there. */
  private void complete(List<StreamId> streams) {
    clear();
    List<Step> steps = planner.plan(goals(streams));
    loadReferences(steps);
    steps.stream().filter(step -> !step.changes().isEmpty()).forEach(this::change);
  }
}
