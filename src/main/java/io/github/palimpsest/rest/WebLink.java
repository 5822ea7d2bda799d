package io.github.palimpsest.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A typed link from one resource to another (RFC 8288 §2).
 *
 * @param target URI reference, percent-encoded: it holds none of {@code < > " ,} and white space
 * @param attributes names and texts by turns, in their order; no text holds a quote or a backslash
 */
record WebLink(String target, List<String> attributes) {
  WebLink {
    attributes = List.copyOf(attributes);
  }

  /** Returns a link of one or several relation types, separated by blanks. */
  static WebLink of(String relation, String target) {
    return new WebLink(target, List.of("rel", relation));
  }

  /** Returns this link with one attribute more. */
  WebLink with(String name, String text) {
    List<String> more = new ArrayList<>(attributes);
    more.addAll(List.of(name, text));
    return new WebLink(target, more);
  }

  /** As {@link #header(List)}, of this link alone. */
  String header() {
    return header(List.of(this));
  }

  /** Returns the value of a {@code Link} header field (RFC 8288 §3). */
  static String header(List<WebLink> links) {
    return links.stream().map(link -> link.text("; ")).collect(Collectors.joining(", "));
  }

  /**
   * Returns the document {@code application/link-format}, which has no white space (RFC 6690 §2).
   */
  static String document(List<WebLink> links) {
    return links.stream().map(link -> link.text(";")).collect(Collectors.joining(","));
  }

  private String text(String separator) {
    StringBuilder text = new StringBuilder("<").append(target).append('>');
    for (int i = 0; i < attributes.size(); i += 2) {
      text.append(separator)
          .append(attributes.get(i))
          .append("=\"")
          .append(attributes.get(i + 1))
          .append('"');
    }
    return text.toString();
  }
}
