package io.github.palimpsest.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {
  @Test
  void members_come_in_the_order_of_the_RFC_and_extensions_after_them() {
    Problem problem =
        Problem.of(ProblemType.MALFORMED_PARAMETER, "asOf must be an instant.")
            .with("parameter", "asOf")
            .with("conflicts", Json.createArrayBuilder().add("one").build())
            .at("urn:uuid:1");

    assertThat(problem.toJson())
        .hasToString(
            "{\"type\":\"/problems/malformed-parameter\",\"title\":\"Malformed parameter\","
                + "\"status\":400,\"detail\":\"asOf must be an instant.\","
                + "\"instance\":\"urn:uuid:1\",\"parameter\":\"asOf\",\"conflicts\":[\"one\"]}");
  }

  @Test
  void every_type_is_documented() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("src/doc/problems.md")).stream()
            .filter(line -> line.startsWith("| `/problems/"))
            .map(line -> line.replaceFirst("^\\| `([^`]+)` \\| (\\d+) .*", "$1 $2"))
            .toList();

    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ProblemType.values())
                .map(type -> type.uri() + " " + type.status())
                .toList());
  }

  @Test
  void absent_members_are_left_out() {
    assertThat(Problem.of(ProblemType.FORBIDDEN, null).toJson())
        .hasToString(
            "{\"type\":\"/problems/forbidden\",\"title\":\"Role missing\",\"status\":403}");
  }

  @Test
  void an_extension_cannot_replace_a_member() {
    Problem problem = Problem.of(ProblemType.CONFLICT, null);

    assertThatThrownBy(() -> problem.with("status", "200"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("extensions must not be named as members are, were [status]");
  }

  @Test
  void a_status_that_is_no_error_is_refused() {
    assertThatThrownBy(() -> Problem.ofStatus(200))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("status must be 400 to 599, was 200");
  }

  @Test
  void a_status_with_a_type_of_its_own_gets_it() {
    assertThat(Problem.ofStatus(405).type()).isEqualTo("/problems/method-not-allowed");
  }

  @Test
  void another_status_is_about_blank_and_titled_by_its_reason_phrase() {
    assertThat(Problem.ofStatus(400))
        .extracting(Problem::type, Problem::title)
        .containsExactly("about:blank", "Bad Request");
  }

  @Test
  void types_have_different_uris() {
    assertThat(Arrays.stream(ProblemType.values()).map(ProblemType::uri)).doesNotHaveDuplicates();
  }
}
