package io.github.palimpsest.it.graph;

import io.github.palimpsest.Audited;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refers to a team, and to another person, who may refer to this one. */
@Entity
@Audited
class Person {
  @Id long id;
  @Nullable String name;
  @Nullable Integer age;
  @Embedded @Nullable Address address;

  @ManyToOne(fetch = FetchType.LAZY)
  @Nullable Team team;

  @ManyToOne(fetch = FetchType.LAZY)
  @Nullable Person mentor;

  @ElementCollection
  @CollectionTable(name = "person_nickname", joinColumns = @JoinColumn(name = "person_id"))
  @Column(name = "nickname")
  Set<String> nicknames = new HashSet<>();

  @Version long version;

  Person() {}

  Person(long id) {
    this.id = id;
  }

  void become(@Nullable String newName, @Nullable Integer newAge, @Nullable Address newAddress) {
    name = newName;
    age = newAge;
    address = newAddress;
  }

  void become(@Nullable Team newTeam, @Nullable Person newMentor, Set<String> newNicknames) {
    team = newTeam;
    mentor = newMentor;
    nicknames.retainAll(newNicknames);
    nicknames.addAll(newNicknames);
  }
}
