package io.github.palimpsest.state.eclipselink;

import io.github.palimpsest.state.Accessor;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.jspecify.annotations.Nullable;

/** Reaches an attribute through its mapping, so field, property and woven access all work. */
record MappingAccessor(DatabaseMapping mapping, AbstractSession session) implements Accessor {
  @Override
  public @Nullable Object get(Object owner) {
    return mapping.getRealAttributeValueFromObject(owner, session);
  }

  @Override
  public void set(Object owner, @Nullable Object value) {
    mapping.setRealAttributeValueInObject(owner, value);
  }
}
