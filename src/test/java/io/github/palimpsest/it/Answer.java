package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.StringReader;
import java.net.http.HttpHeaders;
import java.util.List;

/** What the server answered. */
record Answer(int status, HttpHeaders headers, String body) {
  /** Fails, showing the body, if the status is another. */
  Answer expect(int expected) {
    assertThat(status).as(body).isEqualTo(expected);
    return this;
  }

  /** Fails unless this is a problem (RFC 9457) of that status and type. */
  JsonObject problem(int expected, String type) {
    JsonObject problem = problem(expected);
    assertThat(problem.getString("type")).as(body).isEqualTo("/problems/" + type);
    return problem;
  }

  /** Fails unless this is a problem (RFC 9457) of that status. */
  JsonObject problem(int expected) {
    expect(expected);
    assertThat(header("Content-Type")).as(body).isEqualTo("application/problem+json");
    JsonObject problem = json();
    assertThat(problem.getInt("status")).isEqualTo(expected);
    assertThat(problem.getString("title")).isNotBlank();
    assertThat(problem.getString("type")).isNotBlank();
    return problem;
  }

  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  JsonObject json() {
    return structure().asJsonObject();
  }

  List<JsonObject> items() {
    return json().getJsonArray("items").getValuesAs(JsonObject.class);
  }

  JsonArray array() {
    return structure().asJsonArray();
  }

  private JsonStructure structure() {
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return reader.read();
    }
  }
}
