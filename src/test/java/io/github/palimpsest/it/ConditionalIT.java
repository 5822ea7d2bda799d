package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What RFC 9110 says of answers: conditions, HEAD, codings; and what browsers are told. */
class ConditionalIT extends ServerIT {
  private final BankClient bank = new BankClient(teller, reader, restorer);

  @Test
  void what_is_settled_is_not_sent_twice() {
    for (String path : settled()) {
      Answer first = reader.get(path).expect(200);
      String tag = first.header("ETag");

      assertThat(tag).as(path).matches("\"[^\"]+\"");
      assertThat(reader.get(path).header("ETag")).as(path).isEqualTo(tag);
      for (String known : List.of(tag, "\"other\", " + tag, "W/" + tag, "*")) {
        Answer again = reader.get(path, "If-None-Match", known);
        assertThat(again.status()).as(path + " " + known).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.header("ETag")).isEqualTo(tag);
        assertThat(again.header("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(again.header("Vary")).isEqualTo(first.header("Vary"));
      }
      assertThat(reader.get(path, "If-None-Match", "\"other\"").status()).as(path).isEqualTo(200);
    }
  }

  @Test
  void a_precondition_that_does_not_hold_is_a_problem() {
    for (String path : settled()) {
      String tag = reader.get(path).header("ETag");

      reader.get(path, "If-Match", "\"other\"").problem(412, "precondition-failed");
      reader.get(path, "If-Match", tag).expect(200);
      reader.get(path, "If-Match", "*").expect(200);
      reader.get(path, "If-Match", tag, "If-None-Match", tag).expect(304);
    }
  }

  @Test
  void what_changed_is_sent_again() {
    long account = bank.createAccount();
    String path = "/audit/types/Account/%d/events".formatted(account);
    String tag = reader.get(path).header("ETag");
    bank.deposit(account, "50").expect(200);

    assertThat(reader.get(path, "If-None-Match", tag).expect(200).items()).hasSize(4);
  }

  @Test
  void head_tells_what_get_would_without_the_body() {
    for (String path : settled()) {
      Answer get = reader.get(path).expect(200);
      Answer head = reader.send("HEAD", path, null).expect(200);

      assertThat(head.body()).isEmpty();
      assertThat(fields(head)).as(path).isEqualTo(fields(get));
      reader.send("HEAD", path, null, "If-None-Match", get.header("ETag")).expect(304);
    }
    assertThat(reader.send("HEAD", "/audit/types/Account/999999999", null).expect(404).body())
        .isEmpty();
  }

  @Test
  void long_answers_are_compressed_for_those_who_take_it() throws IOException {
    String path = longHistory();
    String plain = reader.get(path).expect(200).body();

    HttpResponse<byte[]> answer = reader.bytes(path, "Accept-Encoding", "deflate, gzip;q=0.5");

    assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(answer.headers().firstValue("Vary").orElse("")).contains("Accept-Encoding");
    assertThat(inflated(answer.body())).isEqualTo(plain);
    assertThat(answer.body().length).isLessThan(plain.length() / 2);
    for (String refused : List.of("identity", "gzip;q=0", "*;q=0", "br", "gzip;q=0.000, *")) {
      assertThat(reader.get(path, "Accept-Encoding", refused).body()).isEqualTo(plain);
    }
  }

  @Test
  void a_compressed_answer_has_a_tag_of_its_own_that_conditions_understand() {
    String path = longHistory();
    String plain = reader.get(path).header("ETag");
    String compressed =
        reader.bytes(path, "Accept-Encoding", "gzip").headers().firstValue("ETag").orElse("");

    assertThat(compressed).isNotEmpty().isNotEqualTo(plain);
    assertThat(
            reader.bytes(path, "Accept-Encoding", "gzip", "If-None-Match", compressed).statusCode())
        .isEqualTo(304);
    reader.get(path, "If-None-Match", compressed).expect(200);
  }

  @Test
  void a_restore_takes_the_tag_of_a_compressed_state() {
    long account = bank.createAccount();
    String tag = bank.state(account).header("ETag").replaceFirst("\"$", "-gzip\"");

    bank.restore(account, database.now(), "If-Match", tag).expect(200);
  }

  @Test
  void short_answers_and_problems_are_not_compressed() {
    for (String path : List.of("/audit/types/Account/999999999", "/audit/types/Account?limit=x")) {
      assertThat(reader.get(path, "Accept-Encoding", "gzip").header("Content-Encoding")).isEmpty();
    }
  }

  @Test
  void pages_of_other_origins_are_let_in_nowhere() {
    long account = bank.createAccount();
    String path = "/audit/types/Account/" + account;

    Answer asked =
        http.send(
            "OPTIONS",
            path,
            null,
            "Origin",
            "https://elsewhere.example",
            "Access-Control-Request-Method",
            "GET");

    assertThat(asked.headers().map().keySet()).noneMatch(this::opens);
    for (String each : List.of(path, path + "/nowhere", "/audit/types", "/openapi")) {
      assertThat(reader.get(each, "Origin", "https://elsewhere.example").headers().map().keySet())
          .noneMatch(this::opens);
    }
  }

  private boolean opens(String header) {
    return header.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-");
  }

  private String longHistory() {
    long account = bank.createAccount();
    for (int i = 0; i < 4; i++) {
      bank.deposit(account, "50").expect(200);
    }
    return "/audit/types/Account/%d/events".formatted(account);
  }

  private List<String> settled() {
    long account = bank.createAccount();
    Instant before = database.now();
    bank.deposit(account, "50").expect(200);
    Instant now = database.now();
    String one = "/audit/types/Account/" + account;
    return List.of(
        one + "?asOf=" + now,
        one + "?expand=owner",
        one + "/events",
        one + "/attributes?asOf=" + now,
        one + "/attributes/balance",
        one + "/diff?from=%s&to=%s".formatted(before, now),
        "/audit/types/Account?limit=2&asOf=" + now,
        "/audit/transactions/" + bank.events(account).get(0).getInt("transaction"));
  }

  private static Map<String, List<String>> fields(Answer answer) {
    return answer.headers().map().entrySet().stream()
        .filter(each -> !each.getKey().equalsIgnoreCase("date"))
        .filter(each -> !each.getKey().equalsIgnoreCase("transfer-encoding"))
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
  }

  private static String inflated(byte[] bytes) throws IOException {
    try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
