package io.github.palimpsest.rest;

import io.github.palimpsest.StreamNotFoundException;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Memento;
import io.github.palimpsest.rebuild.MementoPage;
import io.github.palimpsest.rebuild.Mementos;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A page of the list of an object's mementos, in both formats (RFC 7089 §5).
 *
 * @param links of the object
 * @param itself the page
 * @param previous the page before it, if there is one
 * @param next the page after it, if there is one
 */
record TimeMap(MementoLinks links, Part itself, Optional<Part> previous, Optional<Part> next) {
  private static final JsonProvider JSON = JsonProvider.provider();

  /**
   * A page and how to ask for it.
   *
   * @param uri without scheme and host
   */
  record Part(String uri, MementoPage page) {}

  /**
   * Reads a page, and what its neighbours hold.
   *
   * @throws StreamNotFoundException if the object never had a state
   */
  static TimeMap read(
      StreamId stream, MementoLinks links, Mementos mementos, TimeMapCursor cursor) {
    if (mementos.last().isEmpty()) {
      throw new StreamNotFoundException(stream.contentType(), stream.objectId());
    }
    Part itself =
        part(links, mementos, cursor)
            .orElseThrow(
                () -> ProblemException.of(ProblemType.NOT_FOUND, "There is no such page."));
    MementoPage page = itself.page();
    return new TimeMap(
        links,
        itself,
        page.isFirst() ? Optional.empty() : part(links, mementos, cursor.before(page.first())),
        page.isLast() ? Optional.empty() : part(links, mementos, cursor.after(page.last())));
  }

  private static Optional<Part> part(MementoLinks links, Mementos mementos, TimeMapCursor cursor) {
    return cursor.read(mementos).map(page -> new Part(cursor.uri(links.timeMap()), page));
  }

  /** Returns the document {@code application/link-format}. */
  String linkFormat() {
    List<WebLink> all = new ArrayList<>();
    all.add(links.toObject());
    all.add(link("self", itself));
    previous.ifPresent(part -> all.add(link("prev timemap", part)));
    next.ifPresent(part -> all.add(link("next timemap", part)));
    MementoPage page = itself.page();
    for (Memento memento : page.mementos()) {
      all.add(links.toMemento(relation(page, memento), memento));
    }
    return WebLink.document(all);
  }

  private static WebLink link(String relation, Part part) {
    return WebLink.of(relation, part.uri())
        .with("type", MementoLinks.LINK_FORMAT)
        .with("from", HttpDate.of(part.page().from()))
        .with("until", HttpDate.of(part.page().until()));
  }

  private static String relation(MementoPage page, Memento memento) {
    String first = page.isFirst() && memento.equals(page.first()) ? "first " : "";
    String last = page.isLast() && memento.equals(page.last()) ? "last" : "";
    return (first + last).trim();
  }

  /**
   * Returns the document in the JSON that other archives answer, with the links to other pages.
   *
   * @param first of all mementos
   * @param last of all mementos
   */
  JsonObject json(Memento first, Memento last) {
    JsonArrayBuilder list = JSON.createArrayBuilder();
    itself.page().mementos().forEach(each -> list.add(json(each)));
    JsonObjectBuilder document =
        JSON.createObjectBuilder()
            .add("original_uri", links.object())
            .add("timegate_uri", links.object())
            .add(
                "timemap_uri",
                JSON.createObjectBuilder()
                    .add("link_format", links.timeMap())
                    .add("json_format", links.timeMap()))
            .add("self", json(itself));
    previous.ifPresent(part -> document.add("prev", json(part)));
    next.ifPresent(part -> document.add("next", json(part)));
    return document
        .add(
            "mementos",
            JSON.createObjectBuilder()
                .add("first", json(first))
                .add("last", json(last))
                .add("list", list))
        .build();
  }

  private static JsonObject json(Part part) {
    return JSON.createObjectBuilder()
        .add("uri", part.uri())
        .add("from", part.page().from().toString())
        .add("until", part.page().until().toString())
        .build();
  }

  private JsonObject json(Memento memento) {
    return JSON.createObjectBuilder()
        .add("datetime", memento.datetime().toString())
        .add("uri", JSON.createArrayBuilder().add(links.memento(memento)))
        .build();
  }
}
