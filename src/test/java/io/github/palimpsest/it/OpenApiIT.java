package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.rest.ProblemType;
import io.github.palimpsest.state.JsonText;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Walks the description that the server has of itself, and calls what it finds there: whatever is
 * added to it is tried too.
 */
class OpenApiIT extends ServerIT {
  private static final List<String> NASTY =
      List.of(
          "",
          " ",
          "x",
          "-1",
          "0",
          "1.5",
          "1e9",
          "NaN",
          "99999999999999999999",
          "2026-13-45T99:99:99Z",
          "2026-01-31",
          "9999-12-31T23:59:59Z",
          "-999999999-01-01T00:00:00Z",
          "2026-01-31T12:00:00.1234567Z",
          "null",
          "{}",
          "{\"id\":",
          "[]",
          "*",
          "W/\"1\"",
          "' or 1=1 --",
          "<script>alert(1)</script>",
          "..",
          "a/b",
          "a\\b",
          "%",
          "\u0000",
          "\n",
          "\uD83C\uDFE6",
          "\uFFFF",
          "x".repeat(3000));

  /** They name another path, or the container refuses them before it asks an application. */
  private static final Set<String> NO_SEGMENTS = Set.of("", "..", "a\\b", "\u0000");

  private static final List<String> NASTY_BODIES =
      List.of(
          "",
          " ",
          "x",
          "null",
          "[]",
          "1",
          "\"x\"",
          "{",
          "{\"",
          "{\"reason\":\"a\",\"reason\":\"b\"}",
          "{\"nothing\":1}",
          "[".repeat(3000),
          "\u0000",
          "{\"reason\":\"" + "x".repeat(70_000) + "\"}");

  private static final List<String> NASTY_VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "1.5",
          "1e400",
          "99999999999999999999",
          "\"\"",
          "\"x\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "[]",
          "[null]",
          "[[]]",
          "{}",
          "{\"a\":{}}",
          "\"9999-12-31T23:59:59Z\"");

  private final Http admin = http.as("admin");
  private final BankClient bank = new BankClient(teller, reader, restorer);

  private long account;
  private String transaction = "";

  @BeforeEach
  void open() {
    account = bank.createAccount();
    transaction = String.valueOf(bank.events(account).get(0).getInt("transaction"));
  }

  @Test
  void the_description_is_read_by_those_with_a_role_only() {
    for (String path : List.of("/openapi", "/openapi/")) {
      http.get(path).problem(401, "unauthenticated");
    }
    for (Http caller : List.of(teller, reader, restorer, admin)) {
      assertThat(caller.get("/openapi").expect(200).body()).contains("openapi:", "/audit/types");
    }
  }

  @Test
  void every_call_is_described_with_an_example_of_each_answer() {
    Set<String> described =
        operations().stream().map(Call::name).collect(Collectors.toCollection(TreeSet::new));

    assertThat(described).isEqualTo(RoutesIT.auditRoutes());
    for (Call call : operations()) {
      assertThat(call.operation().getString("summary", "")).as(call.name()).isNotBlank();
      assertThat(call.statuses()).as(call.name()).contains("401", "403", "406", "500");
      call.operation()
          .getJsonObject("responses")
          .forEach(
              (status, response) -> {
                if (!Set.of("204", "302", "303", "304").contains(status)) {
                  assertThat(examples(response.asJsonObject()))
                      .as(call.name() + " " + status)
                      .isNotEmpty();
                }
              });
      assertThat(call.hasBody()).as(call.name()).isEqualTo(call.example() != null);
      for (JsonObject parameter : call.parameters()) {
        assertThat(parameter.getString("description", ""))
            .as(call.name() + " " + parameter.getString("name"))
            .isNotBlank();
      }
    }
  }

  @Test
  void every_problem_type_is_described() {
    String document = document().toString();

    for (ProblemType type : ProblemType.values()) {
      if (type != ProblemType.NOT_FOUND && type != ProblemType.METHOD_NOT_ALLOWED) {
        assertThat(document).contains("\"" + type.uri() + "\"");
      }
    }
  }

  @Test
  void a_bad_value_of_any_parameter_is_a_described_problem() {
    List<String> failures = new ArrayList<>();
    for (Call call : operations()) {
      for (JsonObject parameter : call.parameters()) {
        for (String value : NASTY) {
          call(call, parameter, value).check(failures);
        }
      }
    }

    assertThat(failures).isEmpty();
  }

  @Test
  void a_bad_body_of_any_call_is_a_described_problem() {
    List<String> failures = new ArrayList<>();
    for (Call call : operations()) {
      JsonObject example = call.example();
      if (example != null) {
        for (String body : bodies(example)) {
          send(call, path(call, null, ""), body, "application/json").check(failures);
        }
        for (String mediaType : List.of("text/plain", "application/xml", "multipart/form-data")) {
          send(call, path(call, null, ""), example.toString(), mediaType).check(failures);
        }
      }
    }

    assertThat(failures).isEmpty();
  }

  @Test
  void what_nobody_can_answer_is_a_described_problem_and_nothing_is_done() {
    List<String> failures = new ArrayList<>();
    for (Call call : operations()) {
      for (String accept : List.of("image/png", "x", "text/html;q=0", ";;;")) {
        Tried tried =
            send(call, path(call, null, ""), call.body(), "application/json", "Accept", accept);
        if (tried.answer().status() < 400) {
          failures.add(tried + " is answered");
        }
        tried.check(failures);
      }
    }

    assertThat(failures).isEmpty();
  }

  /** The calls of history; of other applications on the server we promise nothing. */
  private List<Call> operations() {
    List<Call> calls = new ArrayList<>();
    document()
        .getJsonObject("paths")
        .forEach(
            (path, item) -> {
              if (path.startsWith("/audit/")) {
                item.asJsonObject()
                    .forEach(
                        (method, operation) -> {
                          if (Set.of("get", "post", "put", "delete", "patch").contains(method)) {
                            calls.add(
                                new Call(
                                    method.toUpperCase(Locale.ROOT),
                                    path,
                                    operation.asJsonObject()));
                          }
                        });
              }
            });
    return calls;
  }

  private JsonObject document() {
    return admin.get("/openapi", "Accept", "application/json").expect(200).json();
  }

  private Tried call(Call call, JsonObject bad, String value) {
    String in = bad.getString("in");
    if (in.equals("header")) {
      boolean canBeSent = value.chars().allMatch(each -> each >= ' ' && each < 127);
      return send(
          call,
          path(call, null, ""),
          call.body(),
          "application/json",
          bad.getString("name"),
          canBeSent ? value : "x");
    }
    boolean isSegment = !in.equals("path") || !NO_SEGMENTS.contains(value);
    return send(call, path(call, bad, isSegment ? value : "~"), call.body(), "application/json");
  }

  /** The path with its parameters, the required ones of the query, and the bad one. */
  private String path(Call call, @Nullable JsonObject bad, String value) {
    String path = call.path();
    List<String> query = new ArrayList<>();
    for (JsonObject parameter : call.parameters()) {
      String name = parameter.getString("name");
      boolean isBad = bad != null && name.equals(bad.getString("name"));
      String text = encoded(isBad ? value : good(parameter));
      if (parameter.getString("in").equals("path")) {
        path = path.replace("{" + name + "}", text);
      } else if (parameter.getString("in").equals("query")
          && (isBad || Set.of("from").contains(name))) {
        query.add(name + "=" + text);
      }
    }
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  private String good(JsonObject parameter) {
    return switch (parameter.getString("name")) {
      case "type" -> "Account";
      case "id" -> Long.toString(account);
      case "transaction" -> transaction;
      case "from" -> Instant.EPOCH.toString();
      default -> parameter.getString("example", "x");
    };
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Tried send(
      Call call, String path, @Nullable String body, String mediaType, String... headers) {
    return new Tried(
        call,
        path,
        body,
        admin.sendAs(call.method(), path, body, body == null ? null : mediaType, headers));
  }

  /** Bodies that are no JSON object, and the example with each field changed or added. */
  private static Set<String> bodies(JsonObject example) {
    Set<String> bodies = new LinkedHashSet<>(NASTY_BODIES);
    for (String field : example.keySet()) {
      for (String value : NASTY_VALUES) {
        JsonObject changed =
            Json.createObjectBuilder(example).add(field, JsonText.parse(value)).build();
        if (!changed.equals(example)) {
          bodies.add(changed.toString());
        }
      }
    }
    bodies.add(Json.createObjectBuilder(example).add("nothing", 1).build().toString());
    return bodies;
  }

  private static List<JsonValue> examples(JsonObject response) {
    if (!response.containsKey("content")) {
      return List.of();
    }
    return response.getJsonObject("content").values().stream()
        .map(JsonValue::asJsonObject)
        .flatMap(
            body ->
                body.containsKey("example")
                    ? Stream.of(body.get("example"))
                    : body.containsKey("examples")
                        ? body.getJsonObject("examples").values().stream()
                        : Stream.<JsonValue>of())
        .toList();
  }

  /** One call of the description. */
  private record Call(String method, String path, JsonObject operation) {
    String name() {
      return method + " " + path;
    }

    Set<String> statuses() {
      return operation.getJsonObject("responses").keySet();
    }

    List<JsonObject> parameters() {
      return operation.containsKey("parameters")
          ? operation.getJsonArray("parameters").getValuesAs(JsonObject.class)
          : List.of();
    }

    boolean hasBody() {
      return operation.containsKey("requestBody");
    }

    @Nullable JsonObject example() {
      return hasBody()
          ? operation
              .getJsonObject("requestBody")
              .getJsonObject("content")
              .getJsonObject("application/json")
              .getJsonObject("example")
          : null;
    }

    @Nullable String body() {
      JsonObject example = example();
      return example == null ? null : example.toString();
    }
  }

  /** A call that was made. */
  private record Tried(Call call, String path, @Nullable String body, Answer answer) {
    void check(List<String> failures) {
      String status = Integer.toString(answer.status());
      if (answer.status() >= 500) {
        failures.add(this + " failed");
      } else if (!call.statuses().contains(status)) {
        failures.add(this + " is not described");
      }
      if (answer.status() >= 400) {
        if (!answer.header("Content-Type").equals("application/problem+json")) {
          failures.add(this + " is no problem");
        } else if (answer.json().getInt("status") != answer.status()) {
          failures.add(this + " tells another status");
        }
      }
      for (String inside : List.of("\tat ", "java.", "jakarta.", "org.", "Exception", "SQL")) {
        if (answer.body().contains(inside)) {
          failures.add(this + " shows its inside: " + inside);
        }
      }
    }

    @Override
    public String toString() {
      String sent = body == null ? "" : " " + body.substring(0, Math.min(100, body.length()));
      String received = answer.body().substring(0, Math.min(200, answer.body().length()));
      return "%s %s%s -> %d %s"
          .formatted(
              call.method(),
              path.substring(0, Math.min(150, path.length())),
              sent,
              answer.status(),
              received);
    }
  }
}
