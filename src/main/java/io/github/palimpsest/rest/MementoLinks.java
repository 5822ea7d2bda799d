package io.github.palimpsest.rest;

import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Memento;
import io.github.palimpsest.rebuild.Mementos;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The links between an object, which is its own TimeGate, its mementos and its TimeMap (RFC 7089
 * §2.2), without scheme and host, which a header of the request would decide.
 *
 * @param object path of the object
 */
record MementoLinks(String object) {
  static final String LINK_FORMAT = "application/link-format";

  /** Returns the links of an object; each has one spelling, however it was asked for. */
  static MementoLinks of(UriInfo uri, StreamId stream) {
    return of(uri.getBaseUri().getRawPath(), stream);
  }

  static MementoLinks of(String base, StreamId stream) {
    return new MementoLinks(
        "%stypes/%s/%s".formatted(base, encoded(stream.contentType()), encoded(stream.objectId())));
  }

  String memento(Memento memento) {
    return "%s/mementos/%d".formatted(object, memento.position());
  }

  String timeMap() {
    return object + "/timemap";
  }

  WebLink toObject() {
    return WebLink.of("original timegate", object);
  }

  WebLink toTimeMap() {
    return WebLink.of("timemap", timeMap()).with("type", LINK_FORMAT);
  }

  /**
   * Returns a link to a memento.
   *
   * @param relation what it is besides a memento, or empty
   */
  WebLink toMemento(String relation, Memento memento) {
    return WebLink.of((relation + " memento").strip(), memento(memento))
        .with("datetime", HttpDate.of(memento.datetime()));
  }

  /** Returns what is known of an object without looking. */
  List<WebLink> ofObject() {
    return List.of(toObject(), toTimeMap());
  }

  /** Returns the links of an object with mementos, and of its TimeGate. */
  List<WebLink> ofObject(Memento first, Memento last) {
    Map<Memento, String> relations = new LinkedHashMap<>();
    add(relations, "first", first);
    add(relations, "last", last);
    return links(first, last, relations);
  }

  /** Returns the links of one of an object's mementos. */
  List<WebLink> ofMemento(Memento memento, Mementos all) {
    Memento first = all.first().orElseThrow();
    Memento last = all.last().orElseThrow();
    Map<Memento, String> relations = new LinkedHashMap<>();
    add(relations, "first", first);
    all.before(memento).ifPresent(before -> add(relations, "prev", before));
    all.after(memento).ifPresent(after -> add(relations, "next", after));
    add(relations, "last", last);
    return links(first, last, relations);
  }

  /** A memento that is several things has one link that says them all. */
  private static void add(Map<Memento, String> relations, String relation, Memento memento) {
    relations.merge(memento, relation, (one, other) -> one + " " + other);
  }

  private List<WebLink> links(Memento first, Memento last, Map<Memento, String> relations) {
    List<WebLink> links = new ArrayList<>();
    links.add(toObject());
    links.add(toTimeMap(first, last));
    relations.forEach((memento, relation) -> links.add(toMemento(relation, memento)));
    return links;
  }

  private WebLink toTimeMap(Memento first, Memento last) {
    return toTimeMap()
        .with("from", HttpDate.of(first.datetime()))
        .with("until", HttpDate.of(last.datetime()));
  }

  /** Percent-encodes all but what is never encoded (RFC 3986 §2.3). */
  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
