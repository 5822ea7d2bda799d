package io.github.palimpsest.capture.eclipselink;

import io.github.palimpsest.state.Attribute;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.persistence.internal.sessions.AggregateChangeRecord;
import org.eclipse.persistence.internal.sessions.CollectionChangeRecord;
import org.eclipse.persistence.internal.sessions.DeferrableChangeRecord;
import org.eclipse.persistence.internal.sessions.DirectCollectionChangeRecord;
import org.eclipse.persistence.internal.sessions.DirectMapChangeRecord;
import org.eclipse.persistence.internal.sessions.DirectToFieldChangeRecord;
import org.eclipse.persistence.internal.sessions.ObjectReferenceChangeRecord;
import org.eclipse.persistence.sessions.changesets.ChangeRecord;
import org.jspecify.annotations.Nullable;

/** What an attribute was before a flush, as far as EclipseLink's change record still knows. */
final class OldValues {
  private OldValues() {}

  /** Returns false if a collection was changed and changed back. */
  static boolean mayDiffer(ChangeRecord record) {
    if (record instanceof DirectCollectionChangeRecord collection) {
      return collection.hasChanges()
          || (collection.getChangedIndexes() != null && !collection.getChangedIndexes().isEmpty());
    }
    if (record instanceof DirectMapChangeRecord map) {
      return map.hasChanges();
    }
    return !(record instanceof CollectionChangeRecord collection)
        || collection.hasChanges()
        || !collection.getOrderedChangeObjectList().isEmpty();
  }

  /** Returns the old value's JSON text; null when the record does not know it. */
  static @Nullable String text(Attribute attribute, ChangeRecord record, Object entity) {
    if (record instanceof DirectMapChangeRecord map) {
      return attribute.textOf(oldMap(map, attribute.accessor().get(entity)));
    }
    if (attribute.hasPartBesideTheRow()) {
      // The old embeddable shares its collections with the new one.
      return null;
    }
    if (record instanceof DirectToFieldChangeRecord
        || record instanceof ObjectReferenceChangeRecord
        || record instanceof AggregateChangeRecord) {
      return attribute.textOf(record.getOldValue());
    }
    return null;
  }

  /**
   * Returns the old value's JSON text as EclipseLink had loaded it: of a collection it may be
   * staler than the database's. Null when the record does not know it: it cannot make again what a
   * map of entities or embeddables was.
   */
  static @Nullable String loaded(Attribute attribute, ChangeRecord record, Object entity) {
    boolean isKnown =
        record instanceof DeferrableChangeRecord collection
            && !(record instanceof DirectMapChangeRecord)
            && (collection.getOriginalCollection() != null
                || (!attribute.isOrdered() && !(attribute.accessor().get(entity) instanceof Map)));
    return isKnown ? attribute.textOf(record.getOldValue()) : text(attribute, record, entity);
  }

  /** The record's own old value loses replaced values: it removes what was added last. */
  private static Map<Object, Object> oldMap(DirectMapChangeRecord record, @Nullable Object now) {
    Map<Object, Object> map = new HashMap<>();
    if (now instanceof Map<?, ?> current) {
      map.putAll(current);
    }
    Map<?, ?> added = record.getAddObjects();
    Map<?, ?> removed = record.getRemoveObjects();
    added.keySet().forEach(map::remove);
    map.putAll(removed);
    return map;
  }
}
