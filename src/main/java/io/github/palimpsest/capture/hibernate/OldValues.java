package io.github.palimpsest.capture.hibernate;

import io.github.palimpsest.state.ArrayCodec;
import io.github.palimpsest.state.Attribute;
import io.github.palimpsest.state.CollectionCodec;
import io.github.palimpsest.state.MapCodec;
import io.github.palimpsest.state.ReferenceCodec;
import java.util.Map;
import org.hibernate.Hibernate;
import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.hibernate.collection.spi.PersistentCollection;
import org.jspecify.annotations.Nullable;

/** What an attribute was before a flush, as far as Hibernate knows it without a query. */
final class OldValues {
  private OldValues() {}

  /** Returns whether the state holds the attribute: a lazy one may not be loaded. */
  static boolean isKnown(@Nullable Object[] state, int index) {
    return state[index] != LazyPropertyInitializer.UNFETCHED_PROPERTY;
  }

  /** Returns the JSON text of an attribute in the state that was loaded; null if not known. */
  static @Nullable String text(
      Attribute attribute, @Nullable Object @Nullable [] state, int index) {
    if (state == null || !isKnown(state, index)) {
      return null;
    }
    Object value = state[index];
    boolean wouldLoad =
        attribute.plainCodec() instanceof ReferenceCodec reference
            && reference.isPolymorphic()
            && !Hibernate.isInitialized(value);
    return wouldLoad ? null : attribute.textOf(value);
  }

  /** Returns the JSON text of what a collection was when it was loaded; null if not known. */
  static @Nullable String text(Attribute attribute, PersistentCollection<?> collection) {
    Object snapshot = collection.getStoredSnapshot();
    if (snapshot == null || !collection.wasInitialized()) {
      return null;
    }
    if (attribute.plainCodec() instanceof MapCodec
        || attribute.plainCodec() instanceof ArrayCodec) {
      return attribute.textOf(snapshot);
    }
    if (attribute.plainCodec() instanceof CollectionCodec) {
      // A set remembers each element under itself.
      return attribute.textOf(snapshot instanceof Map<?, ?> set ? set.values() : snapshot);
    }
    return null;
  }
}
