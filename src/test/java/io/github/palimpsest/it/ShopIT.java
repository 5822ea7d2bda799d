package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.run.Login;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An application whose Java code knows nothing of us, once with the one line in its persistence
 * unit and once with none. Its role owns its database, and nothing tells how to make the schema.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ShopIT {
  private static final String LINE = "<mapping-file>META-INF/palimpsest-orm.xml</mapping-file>";

  private final Http clerk = Http.nobody().as("clerk");
  private final Http reader = Http.nobody().as("audit-reader");
  private final Http restorer = Http.nobody().as("audit-restorer");

  @Deployment(name = "line", testable = false)
  static WebArchive line() {
    Login login = SharedPayara.ownDatabase("shopline");
    return Adopter.of("shopline", "com.example.shop")
        .withLiquibase()
        .dataSource("shop", login)
        .unit("shop", "shop", LINE, "palimpsest.entities", "Product")
        .war();
  }

  @Deployment(name = "none", testable = false)
  static WebArchive none() {
    Login login = SharedPayara.ownDatabase("shopnone");
    return Adopter.of("shopnone", "com.example.shop")
        .withLiquibase()
        .dataSource("shop", login)
        .unit("shop", "shop", "")
        .configured("palimpsest.entities=all\npalimpsest.cors=https://a.example, https://b.example")
        .war();
  }

  @Test
  void no_class_of_it_names_a_class_of_ours() {
    Adopter.requireNoNameOfOurs(line());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/shopline", "/shopnone"})
  void what_is_created_changed_and_deleted_has_a_history_and_comes_back(String shop) {
    JsonObject pen = clerk.post(shop + "/shop/products", product("pen", "1.50")).expect(200).json();
    String id = String.valueOf(pen.getInt("id"));
    String path = shop + "/audit/types/Product/" + id;
    clerk
        .send(
            "PUT", shop + "/shop/products/" + id, product("quill", "1.75"), "Audit-Reason", "dear")
        .expect(200);
    String asOf = reader.get(path + "/attributes").expect(200).json().getString("asOf");
    clerk.delete(shop + "/shop/products/" + id).expect(204);

    List<JsonObject> events = reader.get(path + "/events").expect(200).items();
    assertThat(events)
        .extracting(event -> event.getString("operation") + " " + event.getString("actor"))
        .containsExactly("persist clerk", "update clerk", "remove clerk");
    assertThat(events.get(1).getString("reason")).isEqualTo("dear");
    assertThat(events.get(1).getJsonArray("changes").toString())
        .contains("\"attribute\":\"name\",\"old\":\"pen\",\"new\":\"quill\"");
    assertThat(reader.get(path + "?asOf=" + asOf).expect(200).json().getJsonObject("state"))
        .containsKey("name");
    reader.get(path).problem(410, "removed-object");

    restorer
        .post(path + "/restore", "{\"asOf\":\"%s\",\"reason\":\"needed\"}".formatted(asOf))
        .expect(200);
    assertThat(clerk.get(shop + "/shop/products").expect(200).body()).contains("\"id\":" + id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/shopline", "/shopnone"})
  void the_history_is_open_to_nobody_without_a_role(String shop) {
    for (String path : List.of("/audit/types", "/audit/types/Product", "/audit/types/Product/1")) {
      Http.nobody().get(shop + path).problem(401, "unauthenticated");
      clerk.get(shop + path).problem(403, "forbidden");
    }
    for (String path :
        List.of("/audit", "/audit/nowhere", "/audit/types/Product/1/owner/nowhere")) {
      Http.nobody().get(shop + path).problem(404);
    }
    reader.delete(shop + "/audit/types/Product/1").problem(405, "method-not-allowed");
    reader.post(shop + "/audit/types/Product/1/restore", "{}").problem(403, "forbidden");
  }

  @Test
  void pages_of_the_origins_that_are_named_may_ask() {
    String path = "/shopnone/audit/types/Product/1/events";
    for (String origin : List.of("https://a.example", "https://b.example")) {
      Answer asked = preflight(path, origin).expect(204);
      assertThat(asked.header("Access-Control-Allow-Origin")).isEqualTo(origin);
      assertThat(asked.header("Access-Control-Allow-Methods")).contains("GET", "POST");
      assertThat(asked.header("Access-Control-Allow-Headers"))
          .contains("If-None-Match", "Prefer", "Audit-Reason");

      Answer answer = reader.get(path, "Origin", origin);
      assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(origin);
      assertThat(answer.header("Access-Control-Allow-Credentials")).isEqualTo("true");
      assertThat(answer.header("Access-Control-Expose-Headers"))
          .contains("ETag", "Link", "Preference-Applied");
      assertThat(answer.headers().allValues("Vary").toString()).contains("Origin");
    }
    Http.nobody().get(path, "Origin", "https://a.example").problem(401, "unauthenticated");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://c.example", "https://a.example:8443", "null", "*", ""})
  void pages_of_other_origins_may_not(String origin) {
    String path = "/shopnone/audit/types/Product/1/events";
    for (Answer answer : List.of(preflight(path, origin), reader.get(path, "Origin", origin))) {
      assertThat(answer.headers().map().keySet())
          .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
    }
    assertThat(preflight("/shopline/audit/types", "https://a.example").headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
  }

  private static Answer preflight(String path, String origin) {
    return Http.nobody()
        .send("OPTIONS", path, null, "Origin", origin, "Access-Control-Request-Method", "GET");
  }

  private static String product(String name, String price) {
    return "{\"name\":\"%s\",\"price\":%s}".formatted(name, price);
  }
}
