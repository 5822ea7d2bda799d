package io.github.palimpsest.container;

import io.github.palimpsest.StateUpcaster;
import io.github.palimpsest.capture.Caller;
import io.github.palimpsest.event.Connections;
import io.github.palimpsest.event.EventReader;
import io.github.palimpsest.guard.Baseline;
import io.github.palimpsest.guard.DriftCheck;
import io.github.palimpsest.guard.Reconciler;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.restore.LiveEntities;
import io.github.palimpsest.restore.Restorer;
import io.github.palimpsest.restore.eclipselink.EclipseLinkEntities;
import io.github.palimpsest.snapshot.Snapshotter;
import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.Upcasters;
import io.github.palimpsest.state.eclipselink.EclipseLinkModels;
import io.github.palimpsest.state.eclipselink.EclipseLinkStateSql;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceUnit;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.persistence.sessions.server.ServerSession;

/** Gives the plain classes to CDI. */
@ApplicationScoped
class Producers {
  @PersistenceUnit EntityManagerFactory factory;
  @PersistenceContext EntityManager entities;
  @Inject Connections connections;
  @Inject @Any Instance<StateUpcaster> registered;

  @Inject
  @ConfigProperty(name = "palimpsest.settle-timeout", defaultValue = "PT5S")
  Duration settleTimeout;

  @Inject
  @ConfigProperty(name = "palimpsest.snapshot.every", defaultValue = "50")
  int snapshotEvery;

  @Inject
  @ConfigProperty(name = "palimpsest.baseline.batch", defaultValue = "1000")
  int baselineBatch;

  private final EventReader reader = new EventReader();
  private Upcasters upcasters = Upcasters.none();

  /** Once: whoever asks the container for dependent beans again and again keeps them all. */
  @PostConstruct
  void chainUpcasters() {
    upcasters = Upcasters.of(models(), registered.stream().toList());
  }

  @Produces
  Rebuilder rebuilder() {
    return new Rebuilder(connections, reader, settleTimeout, upcasters);
  }

  @Produces
  LiveEntities liveEntities() {
    return new EclipseLinkEntities(entities);
  }

  @Produces
  Restorer restorer() {
    return new Restorer(rebuilder(), liveEntities());
  }

  @Produces
  EntityModels models() {
    return EclipseLinkModels.of(factory.unwrap(ServerSession.class));
  }

  @Produces
  Baseline baseline() {
    return new Baseline(
        connections,
        models(),
        model -> EclipseLinkStateSql.of(factory.unwrap(ServerSession.class), model),
        Caller::actor,
        settleTimeout,
        baselineBatch);
  }

  @Produces
  DriftCheck driftCheck() {
    return new DriftCheck(
        connections,
        models(),
        model -> EclipseLinkStateSql.rows(factory.unwrap(ServerSession.class), model),
        borrowed -> new Rebuilder(borrowed, reader, settleTimeout));
  }

  @Produces
  Reconciler reconciler() {
    return new Reconciler(driftCheck(), connections, Caller::actor, settleTimeout);
  }

  @Produces
  Snapshotter snapshotter() {
    if (snapshotEvery < 1) {
      throw new IllegalArgumentException(
          "palimpsest.snapshot.every must be 1 or more, was " + snapshotEvery);
    }
    EntityModels models = models();
    return new Snapshotter(
        connections,
        reader,
        type ->
            models
                .of(type)
                .map(EntityModel::snapshotEvery)
                .filter(every -> every > 0)
                .orElse(snapshotEvery),
        upcasters);
  }
}
