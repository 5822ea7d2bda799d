package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.bank.BankApplication;
import io.github.palimpsest.rest.AuditApplication;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoutesIT extends ServerIT {
  private static final List<String> USERS = List.of("teller", "reader", "restorer", "admin");
  private static final Set<String> TELLERS = Set.of("teller", "admin");
  private static final Set<String> READERS = Set.of("reader", "restorer", "admin");
  private static final Set<String> RESTORERS = Set.of("restorer", "admin");

  /** Every route there is, and who may use it. */
  private static final Map<String, Set<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("GET /audit/types", READERS),
          Map.entry("GET /audit/types/{type}", READERS),
          Map.entry("GET /audit/types/{type}/{id}", READERS),
          Map.entry("GET /audit/types/{type}/{id}/events", READERS),
          Map.entry("GET /audit/types/{type}/{id}/diff", READERS),
          Map.entry("GET /audit/types/{type}/{id}/attributes", READERS),
          Map.entry("GET /audit/types/{type}/{id}/attributes/{name}", READERS),
          Map.entry("GET /audit/types/{type}/{id}/mementos/{position}", READERS),
          Map.entry("GET /audit/types/{type}/{id}/timemap", READERS),
          Map.entry("POST /audit/types/{type}/{id}/restore", RESTORERS),
          Map.entry("POST /audit/types/{type}/restore", RESTORERS),
          Map.entry("GET /audit/events", READERS),
          Map.entry("GET /audit/transactions/{transaction}", READERS),
          Map.entry("POST /audit/transactions/{transaction}/undo", RESTORERS),
          Map.entry("GET /audit/types/{type}/{id}/{attribute}", READERS),
          Map.entry("POST /audit/types/{type}/baseline", Set.of("admin")),
          Map.entry("GET /audit/types/{type}/baseline", Set.of("admin")),
          Map.entry("GET /audit/types/{type}/drift", Set.of("admin")),
          Map.entry("POST /audit/types/{type}/reconcile", Set.of("admin")),
          Map.entry("GET /audit/jobs", RESTORERS),
          Map.entry("GET /audit/jobs/{job}", RESTORERS),
          Map.entry("DELETE /audit/jobs/{job}", RESTORERS),
          Map.entry("POST /audit/jobs/{job}/resume", RESTORERS),
          Map.entry("GET /audit/guard", Set.of("admin")),
          Map.entry("POST /audit/guard", Set.of("admin")),
          Map.entry("DELETE /audit/guard", Set.of("admin")),
          Map.entry("GET /bank/accounts", TELLERS),
          Map.entry("POST /bank/accounts", TELLERS),
          Map.entry("GET /bank/accounts/{id}", TELLERS),
          Map.entry("PUT /bank/accounts/{id}", TELLERS),
          Map.entry("DELETE /bank/accounts/{id}", TELLERS),
          Map.entry("POST /bank/accounts/{id}/deposits", TELLERS),
          Map.entry("POST /bank/accounts/{id}/withdrawals", TELLERS),
          Map.entry("GET /bank/owners", TELLERS),
          Map.entry("POST /bank/owners", TELLERS),
          Map.entry("GET /bank/owners/{id}", TELLERS),
          Map.entry("POST /bank/transfers", TELLERS));

  /** What is called with every right is done: other tests damage rows behind the application. */
  @AfterEach
  void dropGuard() {
    http.as("admin").delete("/audit/guard").expect(204);
  }

  @Test
  void every_route_is_listed_here() {
    assertThat(routes(new AuditApplication(), new BankApplication()))
        .containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
  }

  @Test
  void without_credentials_every_route_asks_for_them() {
    for (String route : ALLOWED.keySet()) {
      Answer answer = call(http, route);

      answer.problem(401, "unauthenticated");
      assertThat(answer.header("WWW-Authenticate")).as(route).startsWith("Basic ");
    }
  }

  @Test
  void with_a_wrong_password_or_a_broken_header_every_route_asks_for_credentials() {
    for (String route : ALLOWED.keySet()) {
      for (String header :
          List.of("Basic dGVsbGVyOndyb25n", "Basic dGVsbGVyOg==", "Basic ~", "x")) {
        call(http, route, "Authorization", header).problem(401, "unauthenticated");
      }
    }
  }

  @Test
  void each_user_may_do_what_its_roles_allow_and_nothing_else() {
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> actual = new TreeMap<>();

    ALLOWED.forEach(
        (route, allowed) -> {
          for (String user : USERS) {
            Answer answer = call(http.as(user), route);
            boolean isRefused = answer.status() == 401 || answer.status() == 403;
            if (isRefused) {
              answer.problem(403, "forbidden");
            }
            expected.put(route + " " + user, allowed.contains(user) ? "allowed" : "refused");
            actual.put(route + " " + user, isRefused ? "refused" : "allowed");
          }
        });

    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void paths_that_do_not_exist_are_problems_whoever_asks() {
    List<String> unknown =
        List.of(
            "/",
            "/nowhere",
            "/audit",
            "/audit/",
            "/audit/nowhere",
            "/audit/types/Account/1/owner/nowhere",
            "/audit/application.wadl",
            "/bank",
            "/bank/nowhere",
            "/bank/accounts/1/nowhere",
            "/bank/application.wadl",
            "/problem",
            "/WEB-INF/web.xml");

    for (String path : unknown) {
      for (Http caller : List.of(http, teller, reader, http.as("admin"))) {
        caller.get(path).problem(404);
      }
    }
  }

  @Test
  void what_the_server_knows_of_itself_is_told_to_nobody() {
    for (String path : List.of("/health", "/metrics", "/metrics/base")) {
      for (Http caller : List.of(http, http.as("admin"))) {
        Answer answer = caller.get(path);

        assertThat(answer.status()).as(path).isIn(401, 403, 404);
        answer.problem(answer.status());
      }
    }
  }

  @Test
  void methods_that_a_path_does_not_have_are_problems() {
    for (String path : List.of("/audit/types", "/audit/types/Account", "/audit/types/Account/1")) {
      assertThat(http.as("admin").delete(path).problem(405, "method-not-allowed")).isNotNull();
    }
    for (String path : List.of("/bank/accounts", "/bank/owners/1", "/bank/transfers")) {
      http.as("admin").delete(path).problem(405, "method-not-allowed");
    }
  }

  /** Sends a body that no route accepts, so that nothing changes. */
  private static Answer call(Http caller, String route, String... headers) {
    String[] parts = route.split(" ", 2);
    String path =
        parts[1]
            .replace("{type}", "Account")
            .replace("{attribute}", "owner")
            .replace("{job}", "00000000-0000-0000-0000-000000000000")
            .replaceAll("\\{(id|transaction|position|name)}", "999999999");
    boolean hasBody = parts[0].equals("POST") || parts[0].equals("PUT");
    return caller.send(parts[0], path, hasBody ? "{}" : null, headers);
  }

  /** Returns the routes of history: method and path. */
  static Set<String> auditRoutes() {
    return routes(new AuditApplication()).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> routes(Application... applications) {
    return Arrays.stream(applications)
        .flatMap(RoutesIT::routes)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> routes(Application application) {
    String root = "/" + application.getClass().getAnnotation(ApplicationPath.class).value();
    return application.getClasses().stream()
        .filter(resource -> resource.isAnnotationPresent(Path.class))
        .flatMap(
            resource ->
                Arrays.stream(resource.getMethods())
                    .flatMap(
                        method -> route(root + path(resource.getAnnotation(Path.class)), method)));
  }

  private static Stream<String> route(String above, Method method) {
    String path = above + path(method.getAnnotation(Path.class));
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .map(type -> type.getAnnotation(HttpMethod.class))
        .flatMap(Stream::ofNullable)
        .map(http -> http.value() + " " + path);
  }

  private static String path(@Nullable Path path) {
    return path == null ? "" : "/" + path.value().replaceFirst("^/", "");
  }
}
