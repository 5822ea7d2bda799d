package io.github.palimpsest.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
  @Nested
  class Reading {
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{} nonsense", "nonsense", "{\"a\":1,}", "{a:1}"})
    void refuses_what_is_not_JSON(String text) {
      assertRefused(text, "The body must be valid JSON.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{\"a\":1}]", "null", "1", "\"a\""})
    void refuses_another_value(String text) {
      assertRefused(text, "The body must be a JSON object.");
    }

    @Test
    void refuses_a_field_given_twice() {
      assertRefused("{\"a\":1,\"a\":1}", "The body must hold each field once.");
    }

    @Test
    void refuses_numbers_that_take_long_to_read() {
      String message = "The body must hold numbers of sensible size.";

      assertRefused("{\"a\":1E99999999999}", message);
      assertRefused("{\"a\":" + "9".repeat(60_000) + "}", message);
    }

    @Test
    void refuses_deep_nesting() {
      assertRefused("[".repeat(60_000), "The body must not be so deeply nested.");
    }

    @Test
    void refuses_an_unknown_field_without_repeating_it() {
      assertRefused("{\"a\":1,\"<script>\":2}", "The body must hold only the fields a, b.");
    }

    @Test
    void refuses_what_is_not_UTF_8() {
      byte[] latin1 = "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);

      assertThatThrownBy(() -> JsonBody.read(new ByteArrayInputStream(latin1), "a"))
          .isInstanceOf(MalformedBodyException.class)
          .hasMessage("The body must be UTF-8.");
    }

    @Test
    void takes_the_largest_body_and_refuses_one_byte_more() throws IOException {
      String largest = "{\"a\":1}" + " ".repeat(JsonBody.LARGEST - 7);

      assertThat(body(largest).has("a")).isTrue();
      assertThatThrownBy(() -> body(largest + " "))
          .isInstanceOf(BodyTooLargeException.class)
          .hasMessage("The body must have at most 65536 bytes.");
    }
  }

  @Nested
  class A_field {
    @Test
    void is_there_unless_missing_or_null() throws IOException {
      JsonBody body = body("{\"a\":null}");

      assertThat(body.has("a")).isFalse();
      assertThat(body.has("b")).isFalse();
    }

    @Test
    void that_is_asked_for_must_be_there() throws IOException {
      JsonBody body = body("{}");

      assertThatThrownBy(() -> body.id("a")).hasMessage("a is missing.");
    }
  }

  @Nested
  class A_text {
    @Test
    void is_read_as_it_is() throws IOException {
      assertThat(body("{\"a\":\" Zoë \\ud83d\\ude00 \"}").text("a")).isEqualTo(" Zoë 😀 ");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"1", "null", "[]", "{}", "true", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud83d\""})
    void must_be_storable(String value) throws IOException {
      JsonBody body = body("{\"a\":" + value + "}");

      assertThatThrownBy(() -> body.text("a"))
          .isInstanceOf(MalformedBodyException.class)
          .hasMessage("a must be a text, not blank and without control characters.");
    }
  }

  @Nested
  class An_id {
    @Test
    void goes_up_to_the_largest_long() throws IOException {
      assertThat(body("{\"a\":9223372036854775807}").id("a")).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
      "0, must be a whole number of 1 or more",
      "-1, must be a whole number of 1 or more",
      "1.0, must be a whole number of 1 or more",
      "1E3, must be a whole number of 1 or more",
      "1E1000000000, must be a whole number of 1 or more",
      "9223372036854775808, must be at most 9223372036854775807",
      "'\"1\"', must be a number",
      "null, must be a number",
    })
    void must_be_a_whole_number(String value, String problem) throws IOException {
      JsonBody body = body("{\"a\":" + value + "}");

      assertThatThrownBy(() -> body.id("a"))
          .isInstanceOf(MalformedBodyException.class)
          .hasMessage("a " + problem + ".");
    }
  }

  @Nested
  class A_number {
    @Test
    void keeps_its_scale() throws IOException {
      assertThat(body("{\"a\":50.00}").number("a", Function.identity()))
          .isEqualTo(new BigDecimal("50.00"));
    }

    @Test
    void is_refused_as_its_conversion_says() throws IOException {
      JsonBody body = body("{\"a\":1}");

      assertThatThrownBy(
              () ->
                  body.number(
                      "a",
                      number -> {
                        throw new IllegalArgumentException("must be odder");
                      }))
          .isInstanceOf(MalformedBodyException.class)
          .hasMessage("a must be odder.");
    }
  }

  @Nested
  class Comparisons_of_members {
    @Test
    void tell_the_text_null_from_null() throws IOException {
      assertThat(
              body("{\"a\":{\"x\":\"null\",\"y\":null,\"z\":\"gt:1\",\"n\":1.50,\"t\":true}}")
                  .comparisons("a"))
          .containsOnly(
              entry("x", "eq:null"),
              entry("y", "null"),
              entry("z", "gt:1"),
              entry("n", "1.50"),
              entry("t", "true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "1", "{\"x\":[]}", "{\"x\":{}}"})
    void are_of_single_values(String value) throws IOException {
      JsonBody body = body("{\"a\":" + value + "}");

      assertThatThrownBy(() -> body.comparisons("a"))
          .isInstanceOf(MalformedBodyException.class)
          .hasMessage("a must be an object of texts, numbers, booleans and nulls.");
    }
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> body(text))
        .isInstanceOf(MalformedBodyException.class)
        .hasMessage(message);
  }

  private static JsonBody body(String text) throws IOException {
    return JsonBody.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "a", "b");
  }
}
