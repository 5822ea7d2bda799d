package io.github.palimpsest.state.hibernate;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.internal.util.NullnessUtil;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.type.descriptor.java.JavaType;
import org.jspecify.annotations.Nullable;

/** Takes primary keys to what their columns hold, as JDBC takes it. Safe for threads. */
record KeyColumns(SessionFactoryImplementor factory, EntityMappingType entity) {
  /** Returns the values in the order of the key columns. */
  List<?> of(Object primaryKey) {
    Iterator<ModelPart> parts =
        AttributeSql.parts(entity.getIdentifierMapping()).values().iterator();
    if (parts.next() instanceof ToOneAttributeMapping parent && !parts.hasNext()) {
      return new KeyColumns(factory, parent.getEntityMappingType()).of(primaryKey);
    }
    try (SharedSessionContractImplementor session = factory.openTemporarySession()) {
      List<Object> values = new ArrayList<>();
      new EntityTables(entity)
          .first()
          .getKeyMapping()
          .breakDownKeyJdbcValues(
              primaryKey,
              (value, column) -> values.add(jdbc(value, column.getJdbcMapping(), session)),
              session);
      return values;
    }
  }

  private static @Nullable Object jdbc(
      @Nullable Object value, JdbcMapping mapping, SharedSessionContractImplementor session) {
    Class<?> preferred = mapping.getJdbcType().getPreferredJavaTypeClass(session);
    if (value == null || preferred == null) {
      return value;
    }
    Object unwrapped = unwrapped(mapping.getJdbcJavaType(), value, preferred, session);
    return unwrapped instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : unwrapped;
  }

  @SuppressWarnings("unchecked") // the mapping is the value's
  private static Object unwrapped(
      JavaType<?> type,
      Object value,
      Class<?> preferred,
      SharedSessionContractImplementor session) {
    return NullnessUtil.castNonNull(((JavaType<Object>) type).unwrap(value, preferred, session));
  }
}
