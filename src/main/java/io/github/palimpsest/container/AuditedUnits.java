package io.github.palimpsest.container;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.github.palimpsest.StateUpcaster;
import io.github.palimpsest.TransactionNotFoundException;
import io.github.palimpsest.UnknownTypeException;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.event.TypeSummary;
import io.github.palimpsest.provider.JpaUnit;
import io.github.palimpsest.provider.JpaUnits;
import io.github.palimpsest.snapshot.Snapshotter;
import io.github.palimpsest.state.AuditedEntities;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.Upcasters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The application's persistence units whose entities are audited, and their databases. Several
 * units may share a database.
 */
@ApplicationScoped
public class AuditedUnits {
  private static final System.Logger LOG = System.getLogger(AuditedUnits.class.getName());

  @Inject Adoption adoption;
  @Inject JtaTransactions transactions;
  @Inject Settings settings;
  @Inject SchemaAtStartup schema;

  @Inject @Any Instance<StateUpcaster> registered;

  private volatile List<AuditedUnit> units = List.of();
  private volatile Upcasters upcasters = Upcasters.none();

  /** Called by the container. */
  public AuditedUnits() {}

  /**
   * Finds the units, brings the schemas of their databases up to date, and makes sure that every
   * audited entity is captured, before anything of the application runs.
   *
   * @throws IllegalArgumentException if a list of audited entities names what no unit has
   * @throws IllegalStateException if two units claim one content type, or a schema is not as it has
   *     to be
   */
  void start() {
    Collection<JpaUnit> found = JpaUnits.of(getClass().getClassLoader());
    upcasters = upcasters(found);
    units =
        found.stream()
            .map(
                each ->
                    new AuditedUnit(each, adoption.references(), transactions, settings, upcasters))
            .toList();
    requireKnownNames();
    units = units.stream().filter(unit -> !unit.models().all().isEmpty()).toList();
    requireOneOwnerOfEachType();
    schema.ensure(databases());
    if (units.size() > 1) {
      units.forEach(unit -> unit.jpa().shareTransactions());
    }
    units.forEach(AuditedUnits::listen);
    settings.snapshotEvery();
  }

  /** An upcaster may be of any unit's content type. */
  private Upcasters upcasters(Collection<JpaUnit> found) {
    Map<String, EntityModel> models = new HashMap<>();
    found.stream()
        .flatMap(unit -> unit.models().all().stream())
        .forEach(model -> models.putIfAbsent(model.contentType(), model));
    EntityModels all =
        new EntityModels(
            models.values(),
            (type, key) -> {
              throw new IllegalStateException("upcasters make no entities");
            });
    return Upcasters.of(all, registered.stream().toList());
  }

  private static void listen(AuditedUnit unit) {
    SchemaAtStartup.register(unit);
    List<String> attached = unit.jpa().listen();
    LOG.log(
        INFO,
        "History is kept of {0} of the persistence unit {1}",
        unit.models().all().stream().map(EntityModel::contentType).sorted().toList(),
        unit.name());
    if (!attached.isEmpty()) {
      LOG.log(INFO, "No mapping file attached the listener to {0}; it is attached now", attached);
    }
  }

  private void requireKnownNames() {
    Map<Class<?>, String> entities = new HashMap<>();
    units.forEach(unit -> entities.putAll(unit.jpa().entities()));
    AuditedEntities.configured().requireKnown(entities);
    if (entities.isEmpty()) {
      LOG.log(WARNING, "No JTA persistence unit was found: no history is kept");
    }
  }

  private void requireOneOwnerOfEachType() {
    Map<String, AuditedUnit> owners = new HashMap<>();
    for (AuditedUnit unit : units) {
      for (EntityModel model : unit.models().all()) {
        AuditedUnit other = owners.putIfAbsent(model.contentType(), unit);
        if (other != null && !isSame(model, other, unit)) {
          throw new IllegalStateException(
              ("the persistence units %s and %s both have the content type %s: name one of them by"
                      + " @Audited(contentType = \"…\"), or leave it out of one unit by the"
                      + " property palimpsest.entities.exclude")
                  .formatted(other.name(), unit.name(), model.contentType()));
        }
      }
    }
  }

  private static boolean isSame(EntityModel model, AuditedUnit one, AuditedUnit other) {
    return one.hasSameDatabase(other)
        && one.models().of(model.contentType()).orElseThrow().entityClass() == model.entityClass();
  }

  /**
   * Returns the unit that has the class.
   *
   * @throws UnknownTypeException if none has, or it is not audited
   */
  AuditedUnit of(Class<?> entityClass) {
    return units.stream()
        .filter(unit -> unit.models().of(entityClass).isPresent())
        .findFirst()
        .orElseThrow(() -> new UnknownTypeException(entityClass.getName()));
  }

  /** Returns the entity that a provider's proxy stands for; what is no proxy as it is. */
  Object unproxied(Object entity) {
    Object found = entity;
    for (AuditedUnit unit : units) {
      found = unit.jpa().unproxied(found);
    }
    return found;
  }

  /**
   * Returns the unit that has the class, or one that extends it.
   *
   * @throws UnknownTypeException if none has, or it is not audited
   */
  AuditedUnit ofAny(Class<?> type) {
    return units.stream()
        .filter(
            unit ->
                unit.models().all().stream()
                    .anyMatch(model -> type.isAssignableFrom(model.entityClass())))
        .findFirst()
        .orElseThrow(() -> new UnknownTypeException(type.getName()));
  }

  /**
   * Returns the unit that has the content type or, for one whose class is gone, a unit whose
   * database has it.
   *
   * @throws UnknownTypeException if there is none
   */
  public AuditedUnit of(String contentType) {
    return units.stream()
        .filter(unit -> unit.models().of(contentType).isPresent())
        .findFirst()
        .or(() -> databaseOf(contentType))
        .orElseThrow(() -> new UnknownTypeException(contentType));
  }

  private Optional<AuditedUnit> databaseOf(String contentType) {
    return databases().stream().filter(unit -> unit.rebuilder().isType(contentType)).findFirst();
  }

  /**
   * Returns a unit of the database that knows the transaction. Databases number them each by
   * itself.
   *
   * @param contentType of something in that database; null if there is but one database that knows
   *     the transaction, or the first is meant
   * @throws TransactionNotFoundException if no event has it
   * @throws UnknownTypeException if there is no such content type
   */
  public AuditedUnit ofTransaction(long number, @Nullable String contentType) {
    return (contentType == null ? databases() : List.of(of(contentType)))
        .stream()
            .filter(unit -> !unit.rebuilder().transactionEvents(number, 0, 1).isEmpty())
            .findFirst()
            .orElseThrow(() -> new TransactionNotFoundException(number));
  }

  /** Returns them all. */
  List<AuditedUnit> all() {
    return units;
  }

  /** Returns every content type of every database with its counts, by name. */
  public List<TypeSummary> types() {
    return databases().stream()
        .flatMap(unit -> unit.rebuilder().types().stream())
        .sorted(Comparator.comparing(TypeSummary::name))
        .toList();
  }

  /** Returns one unit for each database. */
  List<AuditedUnit> databases() {
    List<AuditedUnit> databases = new ArrayList<>();
    for (AuditedUnit unit : units) {
      if (databases.stream().noneMatch(unit::hasSameDatabase)) {
        databases.add(unit);
      }
    }
    return databases;
  }

  /**
   * Returns one unit, always the same, for each database that has one of the content types; for
   * every database if none is named.
   *
   * @throws UnknownTypeException if no database has one of them
   */
  public List<AuditedUnit> databases(Collection<String> contentTypes) {
    List<AuditedUnit> named = contentTypes.stream().map(this::of).toList();
    return databases().stream()
        .filter(one -> named.isEmpty() || named.stream().anyMatch(one::hasSameDatabase))
        .toList();
  }

  /** Returns the units of each database. */
  List<List<AuditedUnit>> byDatabase() {
    return databases().stream()
        .map(one -> units.stream().filter(one::hasSameDatabase).toList())
        .toList();
  }

  /** Returns what takes the snapshots, one for each database. */
  List<Snapshotter> snapshotters() {
    return databases().stream()
        .map(
            unit ->
                new Snapshotter(
                    unit.connections(), new EventReader(), this::snapshotEvery, upcasters))
        .toList();
  }

  private int snapshotEvery(String contentType) {
    return units.stream()
        .flatMap(unit -> unit.models().of(contentType).stream())
        .findFirst()
        .map(settings::snapshotEvery)
        .orElseGet(settings::snapshotEvery);
  }
}
