package io.github.palimpsest.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PreferencesTest {
  @Test
  void it_may_stand_among_others_in_any_case_and_with_parameters() {
    assertThat(isAsynchronous("respond-async")).isTrue();
    assertThat(isAsynchronous("return=minimal , Respond-Async; x=1")).isTrue();
    assertThat(isAsynchronous("wait=10", "handling=lenient,respond-async")).isTrue();
    assertThat(isAsynchronous("a=\"x, \\\"y\", respond-async")).isTrue();
  }

  @Test
  void what_is_quoted_or_only_begins_so_is_another() {
    assertThat(isAsynchronous()).isFalse();
    assertThat(isAsynchronous("a=\"x, respond-async\"")).isFalse();
    assertThat(isAsynchronous("a=\"\\\", respond-async, \"")).isFalse();
    assertThat(isAsynchronous("a=\"x, respond-async")).isFalse();
    assertThat(isAsynchronous("\"respond-async\"", "respond-asynchronously")).isFalse();
    assertThat(isAsynchronous("x=respond-async")).isFalse();
  }

  private static boolean isAsynchronous(String... lines) {
    return Preferences.isAsynchronous(List.of(lines));
  }
}
