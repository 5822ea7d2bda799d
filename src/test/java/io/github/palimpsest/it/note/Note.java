package io.github.palimpsest.it.note;

import io.github.palimpsest.Audited;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import jakarta.validation.constraints.Pattern;

@Entity
@Audited
class Note {
  @Id private long id;

  @Pattern(regexp = "(?s)(?!refused).*")
  private String text;

  @Version private long version;

  @SuppressWarnings("NullAway.Init") // Jakarta Persistence fills the fields
  protected Note() {}

  Note(long id, String text) {
    this.id = id;
    this.text = text;
  }

  void write(String newText) {
    text = newText;
  }

  String text() {
    return text;
  }
}
