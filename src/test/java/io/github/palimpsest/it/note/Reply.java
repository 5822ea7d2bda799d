package io.github.palimpsest.it.note;

import io.github.palimpsest.Audited;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;

/** Refers to a note lazily, which EclipseLink weaves. */
@Entity
@Audited
class Reply {
  @Id private long id;
  private String text;

  @ManyToOne(fetch = FetchType.LAZY)
  private Note note;

  @SuppressWarnings("NullAway.Init") // Jakarta Persistence fills the fields
  protected Reply() {}

  Reply(long id, String text, Note note) {
    this.id = id;
    this.text = text;
    this.note = note;
  }

  String text() {
    return text;
  }

  Note note() {
    return note;
  }
}
