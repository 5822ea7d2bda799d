package io.github.palimpsest.it.note;

import io.github.palimpsest.History;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;

/** Each call is one transaction. */
@ApplicationScoped
@Transactional
class Notes {
  private static final String NO_JSONB_HOLDS_IT = "\u0000";

  @PersistenceContext(unitName = "bank")
  EntityManager entities;

  @Inject History history;

  void create(long id, String text) {
    entities.persist(new Note(id, text));
  }

  void fail(long id, String text) {
    write(id, List.of(text));
    throw new IllegalStateException("after the flush");
  }

  /** Flushes after each text. */
  void write(long id, List<String> texts) {
    for (String text : texts) {
      entities.find(Note.class, id).write(text);
      entities.flush();
    }
  }

  /** Flushes once, at the end. */
  void writeAtOnce(long id, List<String> texts) {
    texts.forEach(entities.find(Note.class, id)::write);
  }

  void createAndRemove(long id, boolean flush) {
    Note note = new Note(id, "short-lived");
    entities.persist(note);
    if (flush) {
      entities.flush();
    }
    entities.remove(note);
  }

  void appendWhatCannotBeStored(long id, String text) {
    entities.find(Note.class, id).write(text);
    history.of(Note.class, id).append("spoiled", Map.of("by", NO_JSONB_HOLDS_IT));
  }

  void appendWhatIsNoJson(long id, String text) {
    entities.find(Note.class, id).write(text);
    history.of(Note.class, id).append("spoiled", Map.of("by", new Object()));
  }

  String text(long id) {
    return entities.find(Note.class, id).text();
  }
}
