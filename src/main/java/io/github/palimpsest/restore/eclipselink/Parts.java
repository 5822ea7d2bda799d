package io.github.palimpsest.restore.eclipselink;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.internal.queries.ContainerPolicy;
import org.eclipse.persistence.internal.sessions.UnitOfWorkImpl;
import org.eclipse.persistence.mappings.AggregateObjectMapping;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.eclipse.persistence.mappings.ForeignReferenceMapping;

/** The entities that EclipseLink removes with another one. */
record Parts(UnitOfWorkImpl unitOfWork) {
  Collection<Object> of(Object entity) {
    List<Object> found = new ArrayList<>();
    add(unitOfWork.getClassDescriptor(entity.getClass()), entity, found);
    return found;
  }

  private void add(ClassDescriptor descriptor, Object owner, List<Object> found) {
    for (DatabaseMapping mapping : descriptor.getMappings()) {
      if (mapping instanceof AggregateObjectMapping embedded) {
        Object value = embedded.getAttributeValueFromObject(owner);
        if (value != null) {
          add(embedded.getReferenceDescriptor(), value, found);
        }
      } else if (mapping instanceof ForeignReferenceMapping reference && isRemoved(reference)) {
        add(reference, owner, found);
      }
    }
  }

  /** Elements that are no entities are always private. */
  private static boolean isRemoved(ForeignReferenceMapping reference) {
    return (reference.isCascadeRemove() || reference.isPrivateOwned())
        && !reference.isDirectCollectionMapping()
        && !reference.isAggregateCollectionMapping();
  }

  private void add(ForeignReferenceMapping reference, Object owner, List<Object> found) {
    Object value = reference.getRealAttributeValueFromObject(owner, unitOfWork);
    if (value != null && reference.isCollectionMapping()) {
      ContainerPolicy policy = reference.getContainerPolicy();
      for (Object each = policy.iteratorFor(value); policy.hasNext(each); ) {
        found.add(policy.next(each, unitOfWork));
      }
    } else if (value != null) {
      found.add(value);
    }
  }
}
