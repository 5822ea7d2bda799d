package io.github.palimpsest.guard;

import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.StateSql;
import java.util.List;

/**
 * A content type whose tables get triggers.
 *
 * @param id of the content type in the database
 * @param family qualified name of the table whose primary key the keys are
 * @param familyKeys its key columns
 * @param keyTypes their types
 * @param lookedUp qualified names of the tables that tell what it refers to
 */
record GuardedType(
    int id,
    EntityModel model,
    StateSql sql,
    String family,
    List<String> familyKeys,
    List<String> keyTypes,
    List<String> lookedUp) {
  GuardedType {
    familyKeys = List.copyOf(familyKeys);
    keyTypes = List.copyOf(keyTypes);
    lookedUp = List.copyOf(lookedUp);
  }
}
