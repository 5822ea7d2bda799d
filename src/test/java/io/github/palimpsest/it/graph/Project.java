package io.github.palimpsest.it.graph;

import io.github.palimpsest.Audited;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refers to many persons, without a version. */
@Entity
@Audited
class Project {
  @Id long id;
  @Nullable String title;

  @ManyToMany
  @JoinTable(
      name = "project_member",
      joinColumns = @JoinColumn(name = "project_id"),
      inverseJoinColumns = @JoinColumn(name = "person_id"))
  Set<Person> members = new HashSet<>();

  Project() {}

  Project(long id) {
    this.id = id;
  }

  void become(@Nullable String newTitle, Set<Person> newMembers) {
    title = newTitle;
    members.retainAll(newMembers);
    members.addAll(newMembers);
  }
}
