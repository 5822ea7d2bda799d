package io.github.palimpsest.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Asks the application for something it gives to known users only. "401" shows that it is deployed:
 * a Payara without it answers "404", and says "ready" in its log even so.
 */
final class Probe {
  static final String DEPLOYED = "401";
  static final String NOT_DEPLOYED = "404";

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI address;

  Probe(int port) {
    // Not "localhost", which may mean ::1 first.
    address = URI.create("http://127.0.0.1:" + port + "/audit/types");
  }

  /** Returns the status, or why there is none. */
  String answer() throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).build();
    try {
      return Integer.toString(client.send(request, BodyHandlers.discarding()).statusCode());
    } catch (IOException e) {
      return e.getClass().getSimpleName();
    }
  }

  @Override
  public String toString() {
    return "GET " + address;
  }
}
