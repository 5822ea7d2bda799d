package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7089 as an archive's user sees it: one resource with a TimeGate, mementos and a TimeMap. */
class MementoIT extends ServerIT {
  /** Has no entity class: what other tests know of live rows is not disturbed. */
  private static final String TYPE = "Folio";

  private static final AtomicLong LAST_FOLIO = new AtomicLong(7_089_000_000L);
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final String id = Long.toString(LAST_FOLIO.incrementAndGet());
  private final String path = "/audit/types/Folio/" + id;
  private final Instant start =
      database.now().truncatedTo(ChronoUnit.SECONDS).minus(20, ChronoUnit.DAYS);

  @BeforeEach
  void createType() {
    database.execute(
        """
        insert into palimpsest.content_type (name, entity_class, id_shape)
        values ('Folio', 'x.Folio', '{}') on conflict do nothing
        """);
  }

  @Test
  void without_a_datetime_the_present_state_tells_where_its_past_is() {
    List<Long> positions = history();

    for (String method : List.of("GET", "HEAD")) {
      Answer answer = reader.send(method, path, null).expect(200);

      assertThat(varies(answer)).contains("accept-datetime");
      assertThat(answer.header("Memento-Datetime")).isEmpty();
      requireLinksOfObject(answer, positions);
    }
    assertThat(reader.get(path).json().getJsonObject("state").getString("text"))
        .isEqualTo("restored");
  }

  @Test
  void a_removed_object_is_gone_and_tells_where_its_past_is() {
    List<Long> positions = List.of(write(0, "persist"), write(10, "remove"));

    Answer answer = reader.get(path);

    answer.problem(410, "removed-object");
    assertThat(varies(answer)).contains("accept-datetime");
    requireLinksOfObject(answer, positions);
  }

  @Test
  void what_has_not_changed_is_answered_with_the_same_links() {
    List<Long> positions = history();
    String tag = reader.get(path).header("ETag");

    Answer answer = reader.get(path, "If-None-Match", tag);

    answer.expect(304);
    assertThat(varies(answer)).contains("accept-datetime");
    requireLinksOfObject(answer, positions);
  }

  @Test
  void a_datetime_leads_to_the_newest_state_that_is_not_later() {
    List<Long> positions = history();

    requireSentOn(at(-1), positions.get(0)); // before the first
    requireSentOn(at(-1_000_000_000), positions.get(0));
    requireSentOn(at(0), positions.get(0)); // exactly
    requireSentOn(at(1), positions.get(0)); // one second after
    requireSentOn(at(9), positions.get(0)); // one second before the next
    requireSentOn(at(10), positions.get(2)); // two states in this second: the last
    requireSentOn(at(15), positions.get(2)); // between two
    requireSentOn(at(20), positions.get(3)); // the tombstone
    requireSentOn(at(25), positions.get(3)); // while it was removed
    requireSentOn(at(30), positions.get(4)); // restored
    requireSentOn(HTTP_DATE.format(database.now()), positions.get(4));
    requireSentOn("Fri, 31 Dec 9999 23:59:59 GMT", positions.get(4)); // after the last
  }

  @Test
  void every_datetime_that_the_time_map_prints_leads_to_a_memento_of_that_datetime() {
    history();

    for (TypedLink link : mementos(timeMap(path + "/timemap"))) {
      Answer sentOn = reader.get(path, "Accept-Datetime", link.attribute("datetime")).expect(302);

      assertThat(reader.get(sentOn.header("Location")).header("Memento-Datetime"))
          .isEqualTo(link.attribute("datetime"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2007-05-31",
        "Thu, 31 May 07 20:35:00 GMT",
        "Thu, 31 May 2007 20:35:00 UTC",
        "Thu, 31 May 2007 20:35:00 +0000",
        "31 May 2007 20:35:00 GMT",
        "",
        "Fri, 31 May 2007 20:35:00 GMT" // it was a Thursday
      })
  void what_is_no_datetime_is_refused(String malformed) {
    history();

    Answer answer = reader.get(path, "Accept-Datetime", malformed);

    JsonObject problem = answer.problem(400, "malformed-parameter");
    assertThat(problem.getString("parameter")).isEqualTo("Accept-Datetime");
    assertThat(varies(answer)).contains("accept-datetime");
    assertThat(TypedLink.only(TypedLink.of(answer), "original", "timegate").target())
        .isEqualTo(path);
    assertThat(TypedLink.only(TypedLink.of(answer), "timemap").target())
        .isEqualTo(path + "/timemap");
    assertThat(reader.send("HEAD", path, null, "Accept-Datetime", malformed).status())
        .isEqualTo(400);
  }

  @Test
  void two_datetimes_are_refused() {
    history();

    reader
        .get(path, "Accept-Datetime", at(0), "Accept-Datetime", at(10))
        .problem(400, "malformed-parameter");
  }

  @Test
  void what_never_existed_has_no_past() {
    reader.get(path).problem(404, "unknown-object");
    reader.get(path, "Accept-Datetime", at(0)).problem(404, "unknown-object");
    reader.get(path + "/timemap").problem(404, "unknown-object");
    assertThat(reader.get(path + "/mementos/1").problem(404, "not-found")).isNotNull();
    reader.get("/audit/types/Nothing/1", "Accept-Datetime", at(0)).problem(404, "unknown-type");
  }

  @Test
  void domain_events_alone_are_no_past() {
    write(0, "domain", nextTransaction());

    reader.get(path, "Accept-Datetime", at(0)).problem(404, "unknown-object");
    reader.get(path + "/timemap").problem(404, "unknown-object");
  }

  @Test
  void a_memento_is_a_frozen_state_with_links_to_its_neighbours() {
    List<Long> positions = history();
    String uri = path + "/mementos/" + positions.get(2);

    for (String method : List.of("GET", "HEAD")) {
      Answer answer = reader.send(method, uri, null).expect(200);

      assertThat(answer.header("Memento-Datetime")).isEqualTo(at(10));
      assertThat(answer.header("Cache-Control")).isEqualTo("private, max-age=31536000, immutable");
      assertThat(answer.header("ETag")).matches("\"[^\"]+\"");
      assertThat(varies(answer)).doesNotContain("accept-datetime");
      List<TypedLink> links = TypedLink.of(answer);
      assertThat(TypedLink.only(links, "original", "timegate").target()).isEqualTo(path);
      requireTimeMap(TypedLink.only(links, "timemap"));
      requireMemento(TypedLink.only(links, "first", "memento"), positions.get(0), at(0));
      requireMemento(TypedLink.only(links, "prev", "memento"), positions.get(1), at(10));
      requireMemento(TypedLink.only(links, "next", "memento"), positions.get(3), at(20));
      requireMemento(TypedLink.only(links, "last", "memento"), positions.get(4), at(30));
    }
    JsonObject body = reader.get(uri).json();
    assertThat(body.getJsonObject("state").getString("text")).isEqualTo("third");
    assertThat(body.getJsonNumber("position").longValue()).isEqualTo(positions.get(2));
    assertThat(Instant.parse(body.getString("timeCreated")).truncatedTo(ChronoUnit.SECONDS))
        .isEqualTo(start.plusSeconds(10));
    assertThat(body.getString("asOf")).isEqualTo(body.getString("timeCreated"));
  }

  @Test
  void the_first_and_the_last_memento_have_one_neighbour() {
    List<Long> positions = history();

    List<TypedLink> first =
        TypedLink.of(reader.get(path + "/mementos/" + positions.get(0)).expect(200));
    List<TypedLink> last =
        TypedLink.of(reader.get(path + "/mementos/" + positions.get(4)).expect(200));

    assertThat(first).noneMatch(link -> link.is("prev"));
    requireMemento(TypedLink.only(first, "next", "memento"), positions.get(1), at(10));
    assertThat(last).noneMatch(link -> link.is("next"));
    requireMemento(TypedLink.only(last, "prev", "memento"), positions.get(3), at(20));
  }

  @Test
  void a_tombstone_is_gone_and_yet_a_memento() {
    List<Long> positions = history();
    String uri = path + "/mementos/" + positions.get(3);

    Answer answer = reader.get(uri);

    answer.problem(410, "removed-object");
    assertThat(answer.header("Memento-Datetime")).isEqualTo(at(20));
    List<TypedLink> links = TypedLink.of(answer);
    requireMemento(TypedLink.only(links, "prev", "memento"), positions.get(2), at(10));
    requireMemento(TypedLink.only(links, "next", "last", "memento"), positions.get(4), at(30));
    Answer head = reader.send("HEAD", uri, null).expect(410);
    assertThat(head.header("Memento-Datetime")).isEqualTo(at(20));
  }

  @Test
  void a_memento_does_not_negotiate() {
    List<Long> positions = history();

    Answer answer =
        reader.get(path + "/mementos/" + positions.get(2), "Accept-Datetime", at(0)).expect(200);

    assertThat(answer.header("Memento-Datetime")).isEqualTo(at(10));
    reader.get(path + "/mementos/" + positions.get(2), "Accept-Datetime", "2007-05-31").expect(200);
  }

  @Test
  void a_memento_stays_the_same_whatever_comes_later() {
    List<Long> positions = history();
    List<Answer> before = mementos(positions);

    write(40, "update", "{\"text\":\"later\"}");
    write(41, "remove");

    List<Answer> after = mementos(positions);
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i).status()).isEqualTo(before.get(i).status());
      assertThat(after.get(i).body()).isEqualTo(before.get(i).body());
      for (String name : List.of("ETag", "Memento-Datetime", "Cache-Control")) {
        assertThat(after.get(i).header(name)).isEqualTo(before.get(i).header(name));
      }
    }
  }

  @Test
  void a_memento_that_the_caller_has_is_not_sent_again() {
    String uri = path + "/mementos/" + history().get(2);
    Answer known = reader.get(uri).expect(200);

    for (String method : List.of("GET", "HEAD")) {
      Answer answer =
          reader.send(method, uri, null, "If-None-Match", known.header("ETag")).expect(304);

      assertThat(answer.body()).isEmpty();
      assertThat(answer.header("ETag")).isEqualTo(known.header("ETag"));
      assertThat(answer.header("Cache-Control")).isEqualTo(known.header("Cache-Control"));
    }
    reader.get(uri, "If-None-Match", "\"other\"").expect(200);
  }

  @Test
  void a_memento_is_as_the_class_of_its_time_wrote_it() {
    long card = LAST_FOLIO.incrementAndGet();
    long position =
        insert(
            "Card",
            "" + card,
            0,
            "persist",
            nextTransaction(),
            "{\"id\":%d,\"owner\":\"Ada\"}".formatted(card));

    JsonObject memento =
        reader.get("/audit/types/Card/%d/mementos/%d".formatted(card, position)).expect(200).json();
    JsonObject present = reader.get("/audit/types/Card/" + card).expect(200).json();

    assertThat(memento.getInt("schemaVersion")).isEqualTo(1);
    assertThat(memento.getJsonObject("state").getString("owner")).isEqualTo("Ada");
    assertThat(present.getInt("schemaVersion")).isEqualTo(2);
    assertThat(present.getJsonObject("state").getString("holder")).isEqualTo("Ada");
  }

  @Test
  void positions_that_are_none_of_the_object_are_no_mementos() {
    long transaction = nextTransaction();
    long inBetween = write(0, "persist", transaction);
    long domain = write(0, "domain", transaction);
    long memento = write(0, "update", transaction);
    long ofAnother = insert(TYPE, id + "0", 0, "persist", nextTransaction(), "{\"text\":\"x\"}");

    reader.get(path + "/mementos/" + memento).expect(200);
    for (String none :
        List.of("" + inBetween, "" + domain, "" + ofAnother, "0", "-1", "x", "9".repeat(30))) {
      Answer answer = reader.get(path + "/mementos/" + none);

      answer.problem(404, "not-found");
      assertThat(answer.header("Memento-Datetime")).isEmpty();
    }
  }

  @Test
  void an_instant_of_our_own_is_exact_and_does_not_negotiate() {
    List<Long> positions = history();
    Instant second = start.plusSeconds(10);

    Answer answer = reader.get(path + "?asOf=" + second, "Accept-Datetime", "2007-05-31");

    answer.expect(200);
    assertThat(answer.json().getJsonNumber("position").longValue()).isEqualTo(positions.get(1));
    assertThat(varies(answer)).doesNotContain("accept-datetime");
  }

  @Test
  void a_time_map_of_one_has_a_first_that_is_the_last() {
    long position = write(0, "persist");

    Map<String, TypedLink> links = timeMap(path + "/timemap");

    assertThat(links).hasSize(3);
    assertThat(TypedLink.only(links.values(), "original", "timegate").target()).isEqualTo(path);
    TypedLink self = TypedLink.only(links.values(), "self");
    assertThat(self.target()).isEqualTo(path + "/timemap");
    assertThat(self.attribute("type")).isEqualTo("application/link-format");
    assertThat(self.attribute("from")).isEqualTo(at(0));
    assertThat(self.attribute("until")).isEqualTo(at(0));
    requireMemento(TypedLink.only(links.values(), "first", "last", "memento"), position, at(0));
  }

  @Test
  void a_time_map_of_two_marks_the_first_and_the_last() {
    long first = write(0, "persist");
    long last = write(86_400, "remove");

    Map<String, TypedLink> links = timeMap(path + "/timemap");

    assertThat(links).hasSize(4);
    requireMemento(TypedLink.only(links.values(), "first", "memento"), first, at(0));
    requireMemento(TypedLink.only(links.values(), "last", "memento"), last, at(86_400));
    assertThat(TypedLink.only(links.values(), "self").attribute("from")).isEqualTo(at(0));
    assertThat(TypedLink.only(links.values(), "self").attribute("until")).isEqualTo(at(86_400));
  }

  @Test
  void a_time_map_has_several_states_of_one_second_in_their_order() {
    List<Long> positions = history();

    String document = reader.get(path + "/timemap").expect(200).body();

    assertThat(mementos(TypedLink.ofDocument(document))).hasSize(5);
    int last = 0;
    for (long position : positions) {
      assertThat(document.indexOf("/mementos/" + position + ">")).isGreaterThan(last);
      last = document.indexOf("/mementos/" + position + ">");
    }
    assertThat(reader.send("HEAD", path + "/timemap", null).expect(200).header("Content-Type"))
        .isEqualTo("application/link-format");
  }

  @Test
  void a_time_map_can_be_had_as_other_archives_answer_it() {
    List<Long> positions = history();

    Answer answer = reader.get(path + "/timemap", "Accept", "application/json").expect(200);

    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(varies(answer)).contains("accept");
    JsonObject timeMap = answer.json();
    assertThat(timeMap.getString("original_uri")).isEqualTo(path);
    assertThat(timeMap.getString("timegate_uri")).isEqualTo(path);
    assertThat(timeMap.getJsonObject("timemap_uri").getString("link_format"))
        .isEqualTo(path + "/timemap");
    JsonObject mementos = timeMap.getJsonObject("mementos");
    assertThat(mementos.getJsonObject("first"))
        .hasToString(
            "{\"datetime\":\"%s\",\"uri\":[\"%s/mementos/%d\"]}"
                .formatted(start, path, positions.get(0)));
    assertThat(listed(timeMap)).isEqualTo(positions);
    assertThat(mementos.get("last")).isEqualTo(mementos.getJsonArray("list").get(4));
    assertThat(timeMap).doesNotContainKeys("prev", "next");
  }

  @Test
  void ten_thousand_mementos_come_in_pages_that_are_complete_and_in_order() {
    List<Long> positions = writeMany(10_000);
    List<Long> found = new ArrayList<>();
    String uri = path + "/timemap?limit=200"; // the parser takes the square of the time
    String until = "";
    int pages = 0;

    while (!uri.isEmpty()) {
      Map<String, TypedLink> links = timeMap(uri);
      TypedLink self = TypedLink.only(links.values(), "self");
      JsonObject json = reader.get(uri, "Accept", "application/json").expect(200).json();
      assertThat(self.target()).isEqualTo(uri);
      assertThat(listed(json))
          .containsExactlyInAnyOrderElementsOf(
              mementos(links).stream().map(MementoIT::position).toList());
      assertThat(json.getJsonObject("self").getString("from"))
          .isEqualTo(instant(self.attribute("from")).toString());
      if (!until.isEmpty()) {
        assertThat(instant(self.attribute("from"))).isAfter(instant(until));
        TypedLink previous = TypedLink.only(links.values(), "prev", "timemap");
        assertThat(previous.attribute("until")).isEqualTo(until);
        assertThat(previous.attribute("type")).isEqualTo("application/link-format");
      }
      for (TypedLink memento : mementos(links)) {
        assertThat(instant(memento.attribute("datetime")))
            .isBetween(instant(self.attribute("from")), instant(self.attribute("until")));
      }
      until = self.attribute("until");
      found.addAll(listed(json));
      uri =
          links.values().stream()
              .filter(link -> link.is("next", "timemap"))
              .map(TypedLink::target)
              .findFirst()
              .orElse("");
      pages++;
    }

    assertThat(found).isEqualTo(positions);
    assertThat(pages).isEqualTo(50);
    requireLinksOfObject(
        reader.get(path).expect(200),
        List.of(positions.get(0), positions.get(9_999)),
        at(0),
        at(999));
  }

  @Test
  void pages_lead_back_to_the_first() {
    List<Long> positions = history();
    List<Long> found = new ArrayList<>();
    String uri = path + "/timemap?before=" + Long.MAX_VALUE / 10 + "&limit=1";

    while (!uri.isEmpty()) {
      JsonObject page = reader.get(uri, "Accept", "application/json").expect(200).json();
      found.addAll(0, listed(page));
      uri = page.containsKey("prev") ? page.getJsonObject("prev").getString("uri") : "";
    }

    assertThat(found).isEqualTo(positions);
  }

  @Test
  void pages_that_are_none_are_problems() {
    List<Long> positions = history();

    reader.get(path + "/timemap?after=" + positions.get(4)).problem(404, "not-found");
    reader.get(path + "/timemap?before=" + positions.get(0)).problem(404, "not-found");
    reader.get(path + "/timemap?after=x").problem(400, "malformed-parameter");
    reader.get(path + "/timemap?limit=0").problem(400, "malformed-parameter");
    reader.get(path + "/timemap?after=1&before=2").problem(400, "malformed-parameter");
    reader.get(path + "/timemap", "Accept", "text/html").problem(406, "not-acceptable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b;c",
        "say \"hello\"",
        "100%25 of 50%",
        "<a> & 'b'",
        "{\"code\":\"x, y\",\"number\":7}",
        "Ærøskøbing ☃ 𝄞",
        "a+b*~-._"
      })
  void links_hold_any_object_id(String odd) {
    String objectId = odd + " " + id;
    String uri =
        "/audit/types/Folio/"
            + URLEncoder.encode(objectId, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    long first = insert(TYPE, objectId, 0, "persist", nextTransaction(), "{\"text\":\"one\"}");
    long last = insert(TYPE, objectId, 10, "update", nextTransaction(), "{\"text\":\"two\"}");

    Answer present = reader.get(uri).expect(200);
    Answer sentOn = reader.get(uri, "Accept-Datetime", at(5)).expect(302);
    Answer memento = reader.get(sentOn.header("Location")).expect(200);
    Map<String, TypedLink> timeMap =
        timeMap(TypedLink.only(TypedLink.of(present), "timemap").target());

    assertThat(present.json().getString("id")).isEqualTo(objectId);
    assertThat(memento.json().getJsonNumber("position").longValue()).isEqualTo(first);
    TypedLink next = TypedLink.only(TypedLink.of(memento), "next", "memento");
    assertThat(reader.get(next.target()).expect(200).json().getJsonNumber("position").longValue())
        .isEqualTo(last);
    assertThat(timeMap).hasSize(4);
    for (TypedLink each : mementos(timeMap)) {
      JsonObject body = reader.get(each.target()).expect(200).json();
      assertThat(body.getString("id")).isEqualTo(objectId);
    }
  }

  @Test
  void a_caller_without_a_role_learns_nothing() {
    List<Long> positions = history();

    for (String uri : List.of(path, path + "/timemap", path + "/mementos/" + positions.get(0))) {
      for (String datetime : List.of(at(0), "2007-05-31")) {
        for (Answer answer :
            List.of(
                http.get(uri, "Accept-Datetime", datetime),
                teller.get(uri, "Accept-Datetime", datetime))) {
          assertThat(answer.status()).isIn(401, 403);
          assertThat(answer.header("Link")).isEmpty();
          assertThat(answer.header("Location")).isEmpty();
          assertThat(answer.header("Memento-Datetime")).isEmpty();
        }
      }
    }
  }

  @Test
  void what_the_application_changes_has_mementos_at_once() {
    long account = new BankClient(teller, reader, restorer).createAccount();
    teller.post("/bank/accounts/%d/deposits".formatted(account), "{\"amount\":50}").expect(200);

    Answer present = reader.get("/audit/types/Account/" + account).expect(200);
    TypedLink last = TypedLink.only(TypedLink.of(present), "last", "memento");
    JsonObject memento = reader.get(last.target()).expect(200).json();

    assertThat(memento.get("state")).isEqualTo(present.json().get("state"));
    assertThat(memento.get("position")).isEqualTo(present.json().get("position"));
  }

  /** Created, changed twice within one second, removed, restored; domain events in between. */
  private List<Long> history() {
    List<Long> positions = new ArrayList<>();
    positions.add(write(0, "persist", "{\"text\":\"first\"}"));
    write(5, "domain", nextTransaction());
    positions.add(write(10, "update", "{\"text\":\"second\"}"));
    positions.add(insert(TYPE, id, 10.9, "update", nextTransaction(), "{\"text\":\"third\"}"));
    positions.add(write(20, "remove"));
    positions.add(write(30, "persist", "{\"text\":\"restored\"}"));
    return positions;
  }

  private long write(int second, String operation) {
    return write(second, operation, operation.equals("remove") ? "{}" : "{\"text\":\"some\"}");
  }

  private long write(int second, String operation, String body) {
    return insert(TYPE, id, second, operation, nextTransaction(), body);
  }

  private long write(int second, String operation, long transaction) {
    return insert(TYPE, id, second, operation, transaction, "{\"text\":\"some\"}");
  }

  private long nextTransaction() {
    return database.number("select pg_current_xact_id()::text::bigint");
  }

  private long insert(
      String type,
      String objectId,
      double second,
      String operation,
      long transaction,
      String body) {
    return database.number(
        """
        insert into palimpsest.event (content_type_id, object_id, operation, type, source,
          time_created, transaction_id, actor, schema_version, body)
        select id, ?, ?, case when ?::text = 'domain' then 'read' end, 'jpa', ?::text::timestamptz + ? * interval '1 second', ?, 'ada', 1,
          ?::text::jsonb
        from palimpsest.content_type where name = ? returning id
        """,
        objectId,
        operation,
        operation,
        start.toString(),
        second,
        transaction,
        body,
        type);
  }

  /** Ten in a second. */
  private List<Long> writeMany(int count) {
    return database.rows(
        """
        insert into palimpsest.event (content_type_id, object_id, operation, source, time_created,
          transaction_id, actor, schema_version, body)
        select (select id from palimpsest.content_type where name = 'Folio'), ?, 'update', 'jpa',
          ?::text::timestamptz + n / 10 * interval '1 second', n, 'ada', 1, '{"text":"some"}'
        from generate_series(0, ? - 1) n returning id
        """,
        row -> row.getLong(1),
        id,
        start.toString(),
        count);
  }

  private String at(long second) {
    return HTTP_DATE.format(start.plusSeconds(second));
  }

  private static Instant instant(String httpDate) {
    return Instant.from(HTTP_DATE.parse(httpDate));
  }

  private static String varies(Answer answer) {
    return String.join(", ", answer.headers().allValues("Vary")).toLowerCase(Locale.ROOT);
  }

  private List<Answer> mementos(List<Long> positions) {
    return positions.stream().map(each -> reader.get(path + "/mementos/" + each)).toList();
  }

  private Map<String, TypedLink> timeMap(String uri) {
    Answer answer = reader.get(uri).expect(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/link-format");
    return TypedLink.ofDocument(answer.body());
  }

  private static List<TypedLink> mementos(Map<String, TypedLink> links) {
    return links.values().stream().filter(link -> link.is("memento")).toList();
  }

  private static long position(TypedLink memento) {
    return Long.parseLong(memento.target().replaceFirst(".*/mementos/", ""));
  }

  private static List<Long> listed(JsonObject timeMap) {
    return timeMap
        .getJsonObject("mementos")
        .getJsonArray("list")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(memento -> memento.getJsonArray("uri").getString(0))
        .map(uri -> Long.parseLong(uri.replaceFirst(".*/mementos/", "")))
        .toList();
  }

  private void requireSentOn(String datetime, long position) {
    for (String method : List.of("GET", "HEAD")) {
      Answer answer = reader.send(method, path, null, "Accept-Datetime", datetime).expect(302);

      assertThat(answer.header("Location")).as(datetime).isEqualTo(path + "/mementos/" + position);
      assertThat(answer.body()).isEmpty();
      assertThat(varies(answer)).contains("accept-datetime");
      assertThat(answer.header("Memento-Datetime")).isEmpty();
      List<TypedLink> links = TypedLink.of(answer);
      assertThat(TypedLink.only(links, "original", "timegate").target()).isEqualTo(path);
      requireTimeMap(TypedLink.only(links, "timemap"));
      assertThat(TypedLink.only(links, "first", "memento").attribute("datetime")).isEqualTo(at(0));
      assertThat(TypedLink.only(links, "last", "memento").attribute("datetime")).isEqualTo(at(30));
    }
  }

  private void requireLinksOfObject(Answer answer, List<Long> positions) {
    requireLinksOfObject(answer, positions, at(0), at(positions.size() == 2 ? 10 : 30));
  }

  private void requireLinksOfObject(
      Answer answer, List<Long> positions, String from, String until) {
    List<TypedLink> links = TypedLink.of(answer);
    assertThat(TypedLink.only(links, "original", "timegate").target()).isEqualTo(path);
    TypedLink timeMap = TypedLink.only(links, "timemap");
    assertThat(timeMap.target()).isEqualTo(path + "/timemap");
    assertThat(timeMap.attribute("type")).isEqualTo("application/link-format");
    assertThat(timeMap.attribute("from")).isEqualTo(from);
    assertThat(timeMap.attribute("until")).isEqualTo(until);
    requireMemento(TypedLink.only(links, "first", "memento"), positions.get(0), from);
    requireMemento(
        TypedLink.only(links, "last", "memento"), positions.get(positions.size() - 1), until);
  }

  private void requireTimeMap(TypedLink timeMap) {
    assertThat(timeMap.target()).isEqualTo(path + "/timemap");
    assertThat(timeMap.attribute("from")).isEqualTo(at(0));
    assertThat(timeMap.attribute("until")).isEqualTo(at(30));
  }

  private void requireMemento(TypedLink link, long position, String datetime) {
    assertThat(link.target()).isEqualTo(path + "/mementos/" + position);
    assertThat(link.attribute("datetime")).isEqualTo(datetime);
  }
}
