package io.github.palimpsest.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * The link from a page to the next one.
 *
 * @param link without scheme and host, which a header of the request would decide
 */
record PageLinks(String link) {
  /** Returns the link to the page of the same request that begins after an item. */
  static PageLinks next(UriInfo uri, String after) {
    return new PageLinks(builder(uri).buildFromEncoded(encoded(after)).toString());
  }

  /** As {@link #next(UriInfo, String)}, with all pages of the same instant. */
  static PageLinks next(UriInfo uri, String after, String asOf) {
    return new PageLinks(
        builder(uri).replaceQueryParam("asOf", asOf).buildFromEncoded(encoded(after)).toString());
  }

  /** Answers a page after which there is none. */
  static Response last(Object page) {
    return ok(page).build();
  }

  /** Answers a page with the link. */
  Response answer(Function<String, ?> page) {
    return ok(page.apply(link)).header(HttpHeaders.LINK, WebLink.of("next", link).header()).build();
  }

  private static Response.ResponseBuilder ok(Object page) {
    return Response.ok(page);
  }

  private static UriBuilder builder(UriInfo uri) {
    return UriBuilder.fromPath(uri.getRequestUri().getRawPath())
        .replaceQuery(uri.getRequestUri().getRawQuery())
        .replaceQueryParam("after", "{after}");
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
