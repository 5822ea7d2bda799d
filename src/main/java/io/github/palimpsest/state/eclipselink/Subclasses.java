package io.github.palimpsest.state.eclipselink;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.persistence.descriptors.ClassDescriptor;

/** The entity classes below another, which EclipseLink keeps in two ways. */
final class Subclasses {
  private Subclasses() {}

  /** Returns those of all levels. */
  static List<ClassDescriptor> of(ClassDescriptor descriptor) {
    if (!descriptor.hasTablePerClassPolicy()) {
      return descriptor.hasInheritance()
          ? descriptor.getInheritancePolicy().getAllChildDescriptors()
          : List.of();
    }
    List<ClassDescriptor> all = new ArrayList<>();
    for (ClassDescriptor child : descriptor.getTablePerClassPolicy().getChildDescriptors()) {
      all.add(child);
      all.addAll(of(child));
    }
    return all.stream().distinct().toList();
  }
}
