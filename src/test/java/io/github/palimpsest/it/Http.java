package io.github.palimpsest.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The server as one caller sees it; it has to run only when it is asked.
 *
 * @param user who asks, with the demo's password; null for nobody
 */
record Http(@Nullable String user) {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static Http nobody() {
    return new Http(null);
  }

  Http as(String caller) {
    return new Http(caller);
  }

  Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  Answer delete(String path, String... headers) {
    return send("DELETE", path, null, headers);
  }

  /** Posts JSON. */
  Answer post(String path, String json, String... headers) {
    return send("POST", path, json, headers);
  }

  /** Sends JSON, or no body at all; headers as name, value, name, value. */
  Answer send(String method, String path, @Nullable String json, String... headers) {
    return sendAs(method, path, json, json == null ? null : "application/json", headers);
  }

  /** Gets the bytes of the answer as they are sent. */
  HttpResponse<byte[]> bytes(String path, String... headers) {
    return send(request("GET", path, null, null, headers), BodyHandlers.ofByteArray());
  }

  Answer sendAs(
      String method,
      String path,
      @Nullable String body,
      @Nullable String mediaType,
      String... headers) {
    HttpResponse<String> response =
        send(request(method, path, body, mediaType, headers), BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  private HttpRequest request(
      String method,
      String path,
      @Nullable String body,
      @Nullable String mediaType,
      String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(SharedPayara.address().resolve(path))
            .timeout(PATIENCE)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (mediaType != null) {
      request.header("Content-Type", mediaType);
    }
    if (user != null) {
      request.header("Authorization", credentials(user));
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  private static <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
    try {
      return CLIENT.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(request.uri() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static String credentials(String user) {
    byte[] pair = (user + ":" + SharedPayara.PASSWORD).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
