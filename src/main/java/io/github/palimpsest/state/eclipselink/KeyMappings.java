package io.github.palimpsest.state.eclipselink;

import java.util.List;
import java.util.Optional;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.mappings.AggregateObjectMapping;
import org.eclipse.persistence.mappings.DatabaseMapping;

/** The mappings of the id attributes of an entity class. */
final class KeyMappings {
  private KeyMappings() {}

  /**
   * Returns them: of an embedded id only itself, although a relation may give it a part of its
   * value (Jakarta Persistence 3.1 §2.4.1).
   */
  static List<DatabaseMapping> of(ClassDescriptor descriptor) {
    List<DatabaseMapping> mappings =
        descriptor.getObjectBuilder().getPrimaryKeyMappings().stream().distinct().toList();
    return mappings.stream()
        .filter(mapping -> isEmbeddedId(descriptor, mapping))
        .findFirst()
        .map(List::of)
        .orElse(mappings);
  }

  /** Returns whether the mapping is that of an embedded id. */
  static boolean isEmbeddedId(ClassDescriptor descriptor, DatabaseMapping mapping) {
    return mapping instanceof AggregateObjectMapping embedded
        && keyClass(descriptor)
            .filter(embedded.getReferenceDescriptor().getJavaClass()::equals)
            .isPresent()
        && descriptor.getObjectBuilder().getPrimaryKeyMappings().contains(mapping);
  }

  /** Returns the class of the id, if it is one of the application. */
  static Optional<Class<?>> keyClass(ClassDescriptor descriptor) {
    return descriptor.hasCMPPolicy()
        ? Optional.ofNullable(descriptor.getCMPPolicy().getPKClass())
        : Optional.empty();
  }
}
