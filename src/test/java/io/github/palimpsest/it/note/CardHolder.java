package io.github.palimpsest.it.note;

import io.github.palimpsest.StateUpcaster;
import io.github.palimpsest.Upcaster;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;

/** Registered by its annotation alone. */
@Upcaster(contentType = "Card", from = 1)
class CardHolder implements StateUpcaster {
  @Override
  public JsonObject upcast(JsonObject state) {
    JsonObjectBuilder upcast = JsonProvider.provider().createObjectBuilder();
    state.forEach((name, value) -> upcast.add(name.equals("owner") ? "holder" : name, value));
    return upcast.build();
  }
}
