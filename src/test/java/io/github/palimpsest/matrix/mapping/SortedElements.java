package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import io.github.palimpsest.testing.JpaProvider;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hibernate.annotations.SortNatural;

/** A sorted collection in memory. */
public final class SortedElements implements Kinds {
  @Entity(name = "Glossary")
  @Audited
  static class Glossary {
    @Id Integer id;

    @ElementCollection @SortNatural SortedSet<String> words = new TreeSet<>();

    static Kind<Glossary> kind() {
      return Kind.of(
              "sorted set",
              Glossary.class,
              (em, n) -> {
                Glossary made = new Glossary();
                made.id = n;
                made.words.addAll(List.of("b", "a"));
                return made;
              },
              "{\"words\":[\"a\",\"b\"]}")
          .change("add", e -> e.words.add("aa"), "{\"words\":[\"a\",\"aa\",\"b\"]}")
          .never(
              JpaProvider.ECLIPSELINK,
              "a collection is declared as Collection, Set, List or Map (Jakarta Persistence 3.1 §2.2)");
    }
  }

  @Override
  public String title() {
    return "Sorted collections";
  }

  @Override
  public List<Kind<?>> kinds() {
    return List.of(Glossary.kind());
  }
}
