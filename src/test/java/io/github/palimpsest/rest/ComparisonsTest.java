package io.github.palimpsest.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.event.Comparison.Operator;
import io.github.palimpsest.event.Condition;
import io.github.palimpsest.rebuild.AttributePath;
import io.github.palimpsest.state.BasicCodecs;
import io.github.palimpsest.state.ConvertedCodec;
import io.github.palimpsest.state.JsonText;
import io.github.palimpsest.state.ValueCodec;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonsTest {
  private static final ValueCodec STRING = BasicCodecs.of(String.class).orElseThrow();
  private static final AttributePath TEXT = path(STRING);

  /** It is too deep, or too large, to be anything else. */
  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[9"})
  void what_no_parser_takes_is_text(String begin) {
    String text = begin + begin.substring(begin.length() - 1).repeat(1200);

    assertThat(holds(text, JsonText.string(text))).isTrue();
    assertThat(holds(text, JsonValue.NULL)).isFalse();
    assertThat(holds("gt:" + text, JsonText.number(BigDecimal.ONE))).isFalse();
  }

  @Test
  void null_alone_is_null_and_after_an_operator_the_text_where_there_is_text() {
    JsonValue text = JsonText.string("null");

    assertThat(holds(TEXT, "null", JsonValue.NULL)).isTrue();
    assertThat(holds(TEXT, "null", text)).isFalse();
    assertThat(holds(TEXT, "eq:null", JsonValue.NULL)).isFalse();
    assertThat(holds(TEXT, "eq:null", text)).isTrue();
    assertThat(holds(TEXT, "ne:null", JsonValue.NULL)).isTrue();
    assertThat(holds(TEXT, "ne:null", text)).isFalse();
    assertThat(holds(TEXT, "in:Ada,null", JsonValue.NULL)).isFalse();
    assertThat(holds(TEXT, "in:Ada,null", text)).isTrue();
    assertThat(holds(TEXT, "like:%", JsonValue.NULL)).isFalse();
  }

  @Test
  void null_is_null_where_there_is_no_text() {
    for (Class<?> type : List.of(Long.class, UUID.class, byte[].class, Operator.class)) {
      AttributePath path = path(BasicCodecs.of(type).orElseThrow());

      assertThat(holds(path, "null", JsonValue.NULL)).isTrue();
      assertThat(holds(path, "eq:null", JsonValue.NULL)).isTrue();
      assertThat(holds(path, "ne:null", JsonValue.NULL)).isFalse();
      assertThat(holds(path, "ne:null", JsonText.string("AAAA"))).isTrue();
    }
  }

  @Test
  void a_converted_attribute_is_text_if_its_column_is() {
    AttributePath path = path(new ConvertedCodec(value -> value, value -> value, STRING));

    assertThat(holds(path, "eq:null", JsonText.string("null"))).isTrue();
    assertThat(holds(path, "eq:null", JsonValue.NULL)).isFalse();
  }

  @Test
  void one_of_several_may_hold_a_comma_in_quotes() {
    assertThat(holds(TEXT, "in:\"Smith, John\",Ada", JsonText.string("Smith, John"))).isTrue();
    assertThat(holds(TEXT, "in:\"Smith, John\",Ada", JsonText.string("Ada"))).isTrue();
    assertThat(holds(TEXT, "in:\"Smith, John\",Ada", JsonText.string("\"Smith"))).isFalse();
    assertThat(holds(TEXT, "\"Smith, John\"", JsonText.string("\"Smith, John\""))).isTrue();
  }

  private static AttributePath path(ValueCodec codec) {
    return new AttributePath(List.of("name"), List.of(), List.of("name"), codec);
  }

  private static boolean holds(String comparison, JsonValue value) {
    return holds(AttributePath.unchecked("balance"), comparison, value);
  }

  private static boolean holds(AttributePath path, String comparison, JsonValue value) {
    Condition condition = Comparisons.of(path, comparison);
    return condition.test(asked -> value);
  }
}
