package io.github.palimpsest.capture;

import io.github.palimpsest.Audited;
import io.github.palimpsest.NotAudited;
import io.github.palimpsest.capture.eclipselink.AuditListener;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Names the listener itself, beside the default one: both together record once. */
@Entity
@Audited
@EntityListeners(AuditListener.class)
class Artist {
  /** EclipseLink would write the type of an identity column twice. */
  static final String TABLE =
      """
      create table artist (id bigint generated always as identity primary key, version bigint,
        name text, telephone text, city text, latitude numeric(12, 6))
      """;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  @Version long version;
  @Nullable String name;
  @NotAudited @Nullable String telephone;
  @Embedded @Nullable Place birthplace;

  @OneToMany(mappedBy = "artist")
  List<Painting> paintings = new ArrayList<>();

  Artist() {}

  Artist(String name) {
    this.name = name;
  }

  long id() {
    return Objects.requireNonNull(id);
  }
}
