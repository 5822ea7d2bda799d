package io.github.palimpsest.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client of the live feed that connects again where it was, as browsers do (WHATWG HTML §9.2),
 * though at once. Not safe for threads.
 */
final class StreamClient {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI uri;
  private final String credentials;
  private final List<String> events = new ArrayList<>();
  private String lastEventId = "";
  private int connections;

  /**
   * Creates one that is not connected.
   *
   * @param user who asks, with the demo's password
   */
  StreamClient(String path, String user) {
    this.uri = SharedPayara.address().resolve(path);
    this.credentials = Http.credentials(user);
  }

  /** Returns the data of all events so far. */
  List<String> events() {
    return events;
  }

  /** Returns what it would tell the server when it connects. */
  String lastEventId() {
    return lastEventId;
  }

  /** Returns how often it has connected. */
  int connections() {
    return connections;
  }

  /** Connects and returns what the server sends; closing it cuts the connection. */
  HttpResponse<InputStream> connect() throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofMinutes(1))
            .header("Authorization", credentials)
            .header("Accept", "text/event-stream");
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    connections++;
    return CLIENT.send(request.build(), BodyHandlers.ofInputStream());
  }

  /** Reads until it has so many events more, or the server ends the answer; then cuts it off. */
  void read(int number) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = connect();
    if (response.statusCode() != 200) {
      throw new IllegalStateException(uri + " answered " + response.statusCode());
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      int wanted = events.size() + number;
      @Nullable String data = null;
      String id = lastEventId;
      @Nullable String line;
      while (events.size() < wanted && (line = lines.readLine()) != null) {
        if (line.startsWith("data: ")) {
          data = line.substring("data: ".length());
        } else if (line.startsWith("id: ")) {
          id = line.substring("id: ".length());
        } else if (line.isEmpty()) {
          lastEventId = id;
          if (data != null) {
            events.add(data);
          }
          data = null;
        }
      }
    }
  }
}
