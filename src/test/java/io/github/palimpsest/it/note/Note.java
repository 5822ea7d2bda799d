package io.github.palimpsest.it.note;

import io.github.palimpsest.Audited;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Version;
import jakarta.validation.constraints.Pattern;
import java.util.ArrayList;
import java.util.List;

@Entity
@Audited
class Note {
  @Id private long id;

  @Pattern(regexp = "(?s)(?!refused).*")
  private String text;

  @OneToMany(mappedBy = "note")
  @OrderBy("text")
  private List<Reply> replies = new ArrayList<>();

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

  List<Reply> replies() {
    return replies;
  }

  String text() {
    return text;
  }
}
