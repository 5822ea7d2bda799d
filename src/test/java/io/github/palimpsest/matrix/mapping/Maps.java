package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.MapKey;
import jakarta.persistence.MapKeyJoinColumn;
import jakarta.persistence.OneToMany;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Maps by a key that is more than a basic value. */
public final class Maps implements Kinds {
  @Embeddable
  public static class Spot {
    Integer shelf;
    String side;

    public Spot() {}

    Spot(Integer shelf, String side) {
      this.shelf = shelf;
      this.side = side;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Spot it
          && Objects.equals(shelf, it.shelf)
          && Objects.equals(side, it.side);
    }

    @Override
    public int hashCode() {
      return Objects.hash(shelf, side);
    }
  }

  @Entity(name = "Book")
  static class Book {
    @Id String id;
    String title;

    static Book persisted(EntityManager em, String id) {
      Book made = new Book();
      made.id = id;
      made.title = "title of " + id;
      em.persist(made);
      return made;
    }
  }

  @Entity(name = "Library")
  @Audited
  static class Library {
    @Id Integer id;

    @ElementCollection
    @Column(name = "element")
    Map<Spot, String> bySpot = new HashMap<>();

    @ElementCollection
    @MapKeyJoinColumn(name = "book")
    @Column(name = "element")
    Map<Book, Integer> byBook = new HashMap<>();

    @ManyToMany
    @JoinTable(name = "library_sequel")
    @MapKeyJoinColumn(name = "key_book")
    Map<Book, Book> sequels = new HashMap<>();

    @ManyToMany
    @JoinTable(name = "library_title")
    @MapKey(name = "title")
    Map<String, Book> byTitle = new HashMap<>();

    @OneToMany
    @JoinTable(name = "library_by_id")
    @MapKey(name = "id")
    Map<String, Book> byId = new HashMap<>();

    static List<Kind<?>> kinds() {
      return List.of(
          kind(
                  "map by embeddable",
                  (em, e, n) -> e.bySpot.put(new Spot(1, "l"), "x"),
                  "\"bySpot\":[[{\"shelf\":1,\"side\":\"l\"},\"x\"]]")
              .change(
                  "put",
                  e -> e.bySpot.put(new Spot(2, "r"), "y"),
                  "{\"bySpot\":[[{\"shelf\":1,\"side\":\"l\"},\"x\"],[{\"shelf\":2,\"side\":\"r\"},\"y\"]]}")
              .change(
                  "replace a value",
                  e -> e.bySpot.put(new Spot(1, "l"), "z"),
                  "{\"bySpot\":[[{\"shelf\":1,\"side\":\"l\"},\"z\"]]}")
              .change("remove", e -> e.bySpot.clear(), "{\"bySpot\":[]}"),
          kind(
                  "map of basic by entity",
                  (em, e, n) -> e.byBook.put(Book.persisted(em, "a" + n), 1),
                  "\"byBook\":[[\"a$n\",1]]")
              .change(
                  "put",
                  (em, e, n) -> e.byBook.put(Book.persisted(em, "b" + n), 2),
                  "{\"byBook\":[[\"a$n\",1],[\"b$n\",2]]}")
              .change(
                  "replace a value",
                  (em, e, n) -> e.byBook.put(em.find(Book.class, "a" + n), 3),
                  "{\"byBook\":[[\"a$n\",3]]}"),
          kind(
                  "map of entity by entity",
                  (em, e, n) ->
                      e.sequels.put(Book.persisted(em, "a" + n), Book.persisted(em, "b" + n)),
                  "\"sequels\":[[\"a$n\",\"b$n\"]]")
              .change("remove", e -> e.sequels.clear(), "{\"sequels\":[]}"),
          kind(
                  "map by an attribute of the target",
                  (em, e, n) -> {
                    Book book = Book.persisted(em, "a" + n);
                    e.byTitle.put(book.title, book);
                  },
                  "\"byTitle\":[\"a$n\"]")
              .change(
                  "put",
                  (em, e, n) -> {
                    Book book = Book.persisted(em, "b" + n);
                    e.byTitle.put(book.title, book);
                  },
                  "{\"byTitle\":[\"a$n\",\"b$n\"]}")
              .change("remove", e -> e.byTitle.clear(), "{\"byTitle\":[]}"),
          kind(
                  "map by the id of the target",
                  (em, e, n) -> e.byId.put("a" + n, Book.persisted(em, "a" + n)),
                  "\"byId\":[\"a$n\"]")
              .change(
                  "put",
                  (em, e, n) -> e.byId.put("b" + n, Book.persisted(em, "b" + n)),
                  "{\"byId\":[\"a$n\",\"b$n\"]}"));
    }

    private static Kind<Library> kind(String name, Kind.Work<Library> fill, String json) {
      return Kind.of(
          name,
          Library.class,
          (em, n) -> {
            Library made = new Library();
            made.id = n;
            fill.on(em, made, n);
            return made;
          },
          "{" + json + "}");
    }
  }

  @Override
  public String title() {
    return "Maps by an embeddable, an entity, or an attribute of the value";
  }

  @Override
  public List<Kind<?>> kinds() {
    return Library.kinds();
  }
}
