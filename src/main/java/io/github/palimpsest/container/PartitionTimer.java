package io.github.palimpsest.container;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Keeps three months of partitions ahead in every database. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PartitionTimer {
  private static final System.Logger LOG = System.getLogger(PartitionTimer.class.getName());

  @Inject AuditedUnits units;

  /** Called by the container. */
  public PartitionTimer() {}

  /** Must not throw: containers remove a timer that fails twice, and the database may be away. */
  @Schedule(hour = "3", persistent = false)
  void createPartitions() {
    try {
      units.databases().forEach(unit -> unit.connections().call(SchemaAtStartup::createPartitions));
    } catch (RuntimeException e) {
      LOG.log(WARNING, "No partitions could be made; the next day tries again", e);
    }
  }
}
