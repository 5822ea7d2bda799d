package io.github.palimpsest.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemsTest {
  @Test
  void are_between_commas() {
    assertThat(Items.of("9.5,100")).containsExactly("9.5", "100");
    assertThat(Items.of("a \"b\",{\"c\":1}")).containsExactly("a \"b\"", "{\"c\":1}");
    assertThat(Items.of("")).containsExactly("");
    assertThat(Items.of(",a,")).containsExactly("", "a", "");
  }

  @Test
  void in_quotes_may_hold_commas_and_doubled_quotes() {
    assertThat(Items.of("\"Smith, John\",Ada")).containsExactly("Smith, John", "Ada");
    assertThat(Items.of("Ada,\"say \"\"yes, I do\"\"\""))
        .containsExactly("Ada", "say \"yes, I do\"");
    assertThat(Items.of("\"\",\"\"\"\"")).containsExactly("", "\"");
    assertThat(Items.of("\"" + "\"\"".repeat(50_000) + "\""))
        .isEqualTo(List.of("\"".repeat(50_000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"", "\"a", "a,\"b", "\"a\"b", "\"a\" ,b", "\"\"\""})
  void in_quotes_end_with_one(String text) {
    assertThatThrownBy(() -> Items.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "an item that begins with a quote must end with one, and have those between twice");
  }
}
