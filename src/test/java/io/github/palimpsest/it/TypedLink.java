package io.github.palimpsest.it;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.californium.core.WebLink;
import org.eclipse.californium.core.coap.LinkFormat;

/**
 * Typed links that the server answered.
 *
 * @param target URI reference
 * @param attributes by name
 */
record TypedLink(String target, Map<String, String> attributes) {
  private static final String LINK = "<[^<>\"\\s]*>(; ?[a-z]+=\"[^\"\\\\]*\")+";
  private static final Pattern HEADER = Pattern.compile(LINK + "(, " + LINK + ")*");
  private static final Pattern EACH = Pattern.compile("<([^>]*)>([^<]*)");
  private static final Pattern ATTRIBUTE = Pattern.compile("([a-z]+)=\"([^\"]*)\"");

  /** Reads the header field. */
  static List<TypedLink> of(Answer answer) {
    String field = answer.header("Link");
    if (!HEADER.matcher(field).matches()) {
      throw new AssertionError("not a Link field of RFC 8288: " + field);
    }
    List<TypedLink> links = new ArrayList<>();
    Matcher each = EACH.matcher(field);
    while (each.find()) {
      Map<String, String> attributes = new HashMap<>();
      Matcher attribute = ATTRIBUTE.matcher(each.group(2));
      while (attribute.find()) {
        attributes.put(attribute.group(1), attribute.group(2));
      }
      links.add(new TypedLink(each.group(1), attributes));
    }
    return links;
  }

  /** Reads a document in link format as Californium understands RFC 6690, by target. */
  static Map<String, TypedLink> ofDocument(String document) {
    Map<String, TypedLink> links = new HashMap<>();
    for (WebLink link : LinkFormat.parse(document)) {
      Map<String, String> attributes = new HashMap<>();
      for (String name : link.getAttributes().getAttributeKeySet()) {
        attributes.put(name, String.join(" ", link.getAttributes().getAttributeValues(name)));
      }
      links.put(link.getURI(), new TypedLink(link.getURI(), attributes));
    }
    return links;
  }

  /** Returns the one link that has the relation among its relations. */
  static TypedLink only(Iterable<TypedLink> links, String... relations) {
    List<TypedLink> found = new ArrayList<>();
    links.forEach(
        link -> {
          if (link.is(relations)) {
            found.add(link);
          }
        });
    if (found.size() != 1) {
      throw new AssertionError(
          "one link %s expected, found %s".formatted(Arrays.toString(relations), found));
    }
    return found.get(0);
  }

  boolean is(String... relations) {
    return Arrays.asList(attribute("rel").split(" ")).containsAll(Arrays.asList(relations));
  }

  String attribute(String name) {
    return attributes.getOrDefault(name, "");
  }
}
