package io.github.palimpsest.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.testing.UnorderedWriters;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that stay connected: of one application that has time, and one that has none. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LiveFeedIT {
  private static final long SEED = 20261127;
  private static final int CLIENTS = 20;
  private static final int TRANSACTIONS = 10_000;
  private static final int FEW = 2;
  private static final String ALL = "from=1970-01-01T00:00:00Z";
  private static final String READER = "audit-reader";

  private final Http reader = Http.nobody().as(READER);

  @Deployment(name = "feed", testable = false)
  static WebArchive feed() {
    return war("feed", "palimpsest.feed.lifetime=PT4S");
  }

  @Deployment(name = "hasty", testable = false)
  static WebArchive hasty() {
    return war("hasty", "palimpsest.feed.patience=PT1S", "palimpsest.feed.clients=" + FEW);
  }

  private static WebArchive war(String name, String... settings) {
    return Adopter.of(name, "com.example.depot")
        .withLiquibase()
        .dataSource("depot", SharedPayara.ownDatabase(name))
        .unit("stock", "depot", "<class>com.example.depot.Shelf</class>")
        .unit("ledger", "depot", "<class>com.example.depot.Entry</class>")
        .configured("palimpsest.entities=Shelf,Entry\n" + String.join("\n", settings))
        .war();
  }

  private static Database database(String name) {
    return new Database(SharedPayara.ownDatabase(name), false);
  }

  @Test
  void each_client_gets_every_event_once_in_one_order_though_cut_off_again_and_again()
      throws Exception {
    Database database = database("feed");
    UnorderedWriters writers = new UnorderedWriters(database::connect, SEED);
    writers.run(0);
    Instant begin = database.now();
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    List<StreamClient> clients = new ArrayList<>();
    List<CompletableFuture<Void>> reading = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      StreamClient client = new StreamClient("/feed/audit/events?type=Tick&from=" + begin, READER);
      Random random = new Random(SEED + i);
      clients.add(client);
      reading.add(CompletableFuture.runAsync(() -> readToEnd(client, random), threads));
    }

    writers.run(TRANSACTIONS);

    reading.forEach(CompletableFuture::join);
    threads.shutdown();
    List<Long> expected = positions(database, begin, "time_created, id");
    assertThat(expected).isNotEqualTo(positions(database, begin, "id"));
    assertThat(expected).hasSizeGreaterThan(TRANSACTIONS);
    for (StreamClient client : clients) {
      assertThat(positions(client)).isEqualTo(expected);
      assertThat(client.connections()).isGreaterThan(1);
    }
  }

  /** Most cuts come amid a page; the others come from the server, after four seconds. */
  private static void readToEnd(StreamClient client, Random random) {
    try {
      while (client.events().isEmpty()
          || !last(client).getString("name").equals(UnorderedWriters.END)) {
        client.read(random.nextInt(10) == 0 ? Integer.MAX_VALUE / 2 : random.nextInt(1, 800));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<Long> positions(Database database, Instant begin, String order) {
    return database.rows(
        "select id from palimpsest.event where time_created >= ?::timestamptz order by " + order,
        row -> row.getLong(1),
        begin.toString());
  }

  private static List<Long> positions(StreamClient client) {
    return client.events().stream()
        .map(each -> json(each).getJsonNumber("position").longValueExact())
        .toList();
  }

  @Test
  void without_a_place_a_stream_begins_now_and_its_first_lines_tell_where() throws Exception {
    create("/feed", 1);
    StreamClient client = new StreamClient("/feed/audit/events?type=Shelf", READER);

    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(client.connect().body(), UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("retry: 2000");
      assertThat(lines.readLine()).matches("id: 2.*Z_999999999999999999");
      assertThat(lines.readLine()).isEmpty();
      create("/feed", 2);
      JsonObject event = json(lines.readLine().replaceFirst("^data: ", ""));
      assertThat(event.getString("id")).isEqualTo("2");
      assertThat(lines.readLine())
          .isEqualTo(
              "id: %s_%s"
                  .formatted(
                      Instant.parse(event.getString("timeCreated")),
                      event.getJsonNumber("position")));
      assertThat(lines.readLine()).isEmpty();
    }
  }

  @Test
  void an_event_is_told_as_on_a_page_and_filters_hold() throws Exception {
    create("/feed", 10);
    create("/feed", 11);
    String query = "type=Entry&id=11&" + ALL;

    StreamClient client = new StreamClient("/feed/audit/events?" + query, READER);
    client.read(1);

    assertThat(List.of(last(client)))
        .isEqualTo(reader.get("/feed/audit/events?" + query).expect(200).items());
  }

  @Test
  void a_stream_that_has_an_end_ends_and_is_not_begun_again() throws Exception {
    create("/feed", 20);
    String end = database("feed").now().toString();
    StreamClient client =
        new StreamClient(
            "/feed/audit/events?type=Shelf&id=20&%s&to=%s".formatted(ALL, end), READER);

    client.read(Integer.MAX_VALUE / 2);

    assertThat(client.events()).hasSize(1);
    try (InputStream nothing = client.connect().body()) {
      assertThat(nothing.readAllBytes()).isEmpty();
    }
    reader
        .get(
            "/feed/audit/events?to=%s&lastEventId=%s".formatted(end, client.lastEventId()),
            "Accept",
            "text/event-stream")
        .expect(204);
  }

  @Test
  void a_stream_without_events_ends_after_its_lifetime_and_tells_where_to_go_on() throws Exception {
    StreamClient client = new StreamClient("/feed/audit/events?type=Shelf&id=none", READER);

    client.read(1);

    assertThat(client.events()).isEmpty();
    assertThat(client.lastEventId()).endsWith("_999999999999999999");
  }

  @Test
  void a_client_that_does_not_read_is_dropped_and_holds_little_of_what_it_did_not_take()
      throws Exception {
    Database database = database("hasty");
    new UnorderedWriters(database::connect, SEED).run(0);
    database.execute(
        """
        insert into palimpsest.event (id, time_created, content_type_id, object_id, operation, type,
          source, schema_version, transaction_id, actor, body)
        select nextval('palimpsest.event_id'), palimpsest.stamp(), id, 'large', 'domain', 'ticked',
          'application', 1, pg_current_xact_id()::text::bigint, 'clock',
          jsonb_build_object('text', repeat(md5(n::text), 1000))
        from generate_series(1, 3000) n, palimpsest.content_type where name = 'Tick'
        """);

    try (Socket slow = new Socket()) {
      slow.setReceiveBufferSize(8192);
      slow.connect(
          new InetSocketAddress(
              SharedPayara.address().getHost(), SharedPayara.address().getPort()));
      slow.getOutputStream()
          .write(
              """
              GET /hasty/audit/events?%s HTTP/1.1
              Host: localhost
              Authorization: %s
              Accept: text/event-stream
              Connection: close

              """
                  .formatted(ALL, Http.credentials(READER))
                  .replace("\n", "\r\n")
                  .getBytes(UTF_8));
      List<HttpResponse<InputStream>> others = occupy(FEW - 1);
      refused();

      Eventually.await("the drop of the slow client", () -> isFree());
      slow.setSoTimeout(60_000);
      long taken = drain(slow);
      assertThat(taken).isBetween(1L, 30_000_000L);
      for (HttpResponse<InputStream> other : others) {
        other.body().close();
      }
    }
    Eventually.await("the end of all others", this::isFree);
  }

  private static long drain(Socket socket) {
    byte[] buffer = new byte[65536];
    long taken = 0;
    try {
      for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
        taken += read;
      }
    } catch (IOException e) {
      return taken;
    }
    return taken;
  }

  private static List<HttpResponse<InputStream>> occupy(int number) throws Exception {
    List<HttpResponse<InputStream>> all = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      all.add(new StreamClient("/hasty/audit/events?type=Shelf", READER).connect());
      assertThat(all.get(i).statusCode()).isEqualTo(200);
    }
    return all;
  }

  private void refused() {
    Answer refused = reader.get("/hasty/audit/events", "Accept", "text/event-stream");
    refused.problem(503, "too-many-streams");
    assertThat(refused.header("Retry-After")).isEqualTo("1");
  }

  private boolean isFree() {
    try {
      HttpResponse<InputStream> response =
          new StreamClient("/hasty/audit/events?type=Shelf", READER).connect();
      response.body().close();
      return response.statusCode() == 200;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void when_the_application_goes_its_streams_end() throws Exception {
    WebArchive gone = war("gone");
    assertThat(SharedPayara.deploy(gone)).isEmpty();
    try (InputStream stream =
        new StreamClient("/gone/audit/events?type=Shelf", READER).connect().body()) {
      CompletableFuture<byte[]> all = CompletableFuture.supplyAsync(() -> allOf(stream));

      SharedPayara.undeploy(gone);

      assertThat(new String(all.join(), UTF_8)).startsWith("retry: 2000\nid: ");
    }
  }

  private static byte[] allOf(InputStream stream) {
    try {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void what_a_stream_does_not_know_is_refused_before_it_begins() {
    for (String query : List.of("limit=5", "order=desc", "after=1970-01-01T00:00:00Z_1", "x=y")) {
      stream(reader, query).problem(400, "malformed-parameter");
    }
    stream(reader, "lastEventId=17").problem(400, "malformed-parameter");
    assertThat(
            reader
                .get("/feed/audit/events", "Accept", "text/event-stream", "Last-Event-ID", "17")
                .problem(400, "malformed-parameter")
                .getString("parameter"))
        .isEqualTo("Last-Event-ID");
    stream(reader, "type=Nothing").problem(404, "unknown-type");
    assertThat(stream(Http.nobody(), "").status()).isEqualTo(401);
    assertThat(stream(Http.nobody().as("clerk"), "").status()).isEqualTo(403);
    Answer head = reader.send("HEAD", "/feed/audit/events", null, "Accept", "text/event-stream");
    assertThat(head.expect(200).header("Content-Type")).isEqualTo("text/event-stream");
  }

  private static Answer stream(Http caller, String query) {
    return caller.get("/feed/audit/events?" + query, "Accept", "text/event-stream");
  }

  private void create(String application, long id) {
    Http.nobody().as("worker").post(application + "/depot/create?id=" + id, "").expect(204);
  }

  private static JsonObject last(StreamClient client) {
    return json(client.events().get(client.events().size() - 1));
  }

  private static JsonObject json(String text) {
    try (JsonReader json = Json.createReader(new StringReader(text))) {
      return json.readObject();
    }
  }
}
