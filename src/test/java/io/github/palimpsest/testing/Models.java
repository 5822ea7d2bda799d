package io.github.palimpsest.testing;

import io.github.palimpsest.state.EntityModel;
import io.github.palimpsest.state.EntityModels;
import io.github.palimpsest.state.Identifier;
import java.util.List;

/** Entity models without a JPA provider, for what needs no more than names and versions. */
public final class Models {
  private Models() {}

  /** Returns one type without attributes, as that version of its class. */
  public static EntityModels of(String contentType, int schemaVersion, String... formerly) {
    EntityModel model =
        new EntityModel(
            Object.class,
            contentType,
            List.of(formerly),
            schemaVersion,
            0,
            new Identifier(Object.class, List.of(), Object.class, false),
            List.of(),
            Object::new);
    return new EntityModels(List.of(model), (type, id) -> new Object());
  }
}
