package io.github.palimpsest.matrix;

import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.bytecode.enhance.spi.DefaultEnhancementContext;
import org.hibernate.bytecode.enhance.spi.Enhancer;
import org.hibernate.bytecode.enhance.spi.UnloadedClass;
import org.hibernate.bytecode.enhance.spi.UnloadedField;
import org.hibernate.bytecode.internal.bytebuddy.BytecodeProviderImpl;

/** Hibernate's bytecode enhancement with dirty tracking and lazy attributes. */
final class Enhancement {
  private Enhancement() {}

  static ClassLoader loader() {
    ClassLoader source = Enhancement.class.getClassLoader();
    Set<String> managed =
        Groups.all(source).stream()
            .flatMap(group -> group.classes().stream())
            .collect(Collectors.toSet());
    Enhancer enhancer = new BytecodeProviderImpl().getEnhancer(new Managed(source));
    return new ChangedClasses(
        Groups.PACKAGE,
        (name, original) -> managed.contains(name) ? enhancer.enhance(name, original) : null);
  }

  private static final class Managed extends DefaultEnhancementContext {
    private final ClassLoader source;

    Managed(ClassLoader source) {
      this.source = source;
    }

    @Override
    public ClassLoader getLoadingClassLoader() {
      return source;
    }

    @Override
    public boolean hasLazyLoadableAttributes(UnloadedClass type) {
      return true;
    }

    @Override
    public boolean isLazyLoadable(UnloadedField field) {
      return true;
    }

    @Override
    @SuppressWarnings("removal") // the default of Hibernate's own plug-ins is still to ask
    public boolean doDirtyCheckingInline(UnloadedClass type) {
      return true;
    }
  }
}
