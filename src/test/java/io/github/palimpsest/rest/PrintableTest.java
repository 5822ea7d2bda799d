package io.github.palimpsest.rest;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void escape_sequences_of_terminals_are_shown() {
    assertThat(Printable.line("\u001b[2Jgone\r\n\u009b1m\u007f"))
        .isEqualTo("\\u001b[2Jgone\\u000d\\u000a\\u009b1m\\u007f");
  }

  @Test
  void text_that_runs_the_other_way_or_breaks_lines_is_shown() {
    assertThat(Printable.line("a\u202eb\u2066c\u2028d\u2029e\ud800f\udb40\udc01"))
        .isEqualTo("a\\u202eb\\u2066c\\u2028d\\u2029e\\ud800f\\udb40\\udc01");
  }

  @Test
  void letters_of_all_scripts_and_pictures_stay() {
    assertThat(Printable.line("Ångström 東京 🏦 שלום")).isEqualTo("Ångström 東京 🏦 שלום");
  }

  @Test
  void a_backslash_of_the_text_is_not_taken_for_an_escape() {
    assertThat(Printable.line("\\u001b")).isEqualTo("\\\\u001b");
    assertThat(Printable.json("\"\\u001b\\\\\"")).isEqualTo("\"\\u001b\\\\\"");
  }

  @Property
  void no_control_is_left(@ForAll String text) {
    assertThat(Printable.line(text).chars()).noneMatch(Character::isISOControl);
  }
}
