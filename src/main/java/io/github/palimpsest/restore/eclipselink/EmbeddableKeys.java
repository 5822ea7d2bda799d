package io.github.palimpsest.restore.eclipselink;

import java.util.List;
import java.util.Map;
import org.eclipse.persistence.internal.queries.MappedKeyMapContainerPolicy;
import org.eclipse.persistence.internal.sessions.UnitOfWorkImpl;
import org.eclipse.persistence.mappings.AggregateObjectMapping;
import org.eclipse.persistence.mappings.CollectionMapping;

/**
 * Embeddables that are keys of maps. Read under a lock, EclipseLink takes them for entities, and a
 * flush that compares them fails with its error 69 (EclipseLink issue 1455, pull request 2786).
 */
final class EmbeddableKeys {
  private EmbeddableKeys() {}

  /** Reads the maps of an entity, and takes their keys out of what a flush compares. */
  static void forget(UnitOfWorkImpl unitOfWork, Object entity) {
    unitOfWork.getClassDescriptor(entity).getMappings().stream()
        .filter(CollectionMapping.class::isInstance)
        .map(CollectionMapping.class::cast)
        .filter(EmbeddableKeys::areIn)
        .map(mapping -> mapping.getRealCollectionAttributeValueFromObject(entity, unitOfWork))
        .filter(Map.class::isInstance)
        .forEach(
            map -> List.copyOf(((Map<?, ?>) map).keySet()).forEach(unitOfWork::unregisterObject));
  }

  private static boolean areIn(CollectionMapping mapping) {
    return mapping.getContainerPolicy() instanceof MappedKeyMapContainerPolicy policy
        && policy.getKeyMapping() instanceof AggregateObjectMapping;
  }
}
