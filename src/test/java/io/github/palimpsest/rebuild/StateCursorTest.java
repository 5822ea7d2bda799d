package io.github.palimpsest.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.palimpsest.state.JsonText;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateCursorTest {
  @Test
  void is_read_as_it_was_written() {
    StateCursor cursor = new StateCursor(List.of(JsonText.string("ä\"["), JsonValue.NULL), "7");

    assertThat(StateCursor.parse(cursor.text(), 2)).isEqualTo(cursor);
  }

  @Test
  void what_no_parser_takes_is_none() {
    for (String json : List.of("[".repeat(1000), "[" + "9".repeat(1200) + ",\"7\"]", "[1", "")) {
      String text = Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));

      assertThatIllegalArgumentException()
          .isThrownBy(() -> StateCursor.parse(text, 1))
          .withMessage("the cursor is none of a query with this order");
    }
  }
}
