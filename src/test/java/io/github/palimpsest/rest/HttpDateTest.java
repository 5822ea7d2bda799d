package io.github.palimpsest.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
  @Test
  void an_instant_is_cut_to_the_second() {
    assertThat(HttpDate.of(Instant.parse("2007-05-01T20:35:00.999999Z")))
        .isEqualTo("Tue, 01 May 2007 20:35:00 GMT");
  }

  @Test
  void the_text_of_an_instant_is_read_as_it() {
    Instant instant = Instant.parse("2026-09-30T23:59:59Z");

    assertThat(HttpDate.parse(HttpDate.of(instant))).contains(instant);
    assertThat(HttpDate.parse("Fri, 31 Dec 9999 23:59:59 GMT"))
        .contains(Instant.parse("9999-12-31T23:59:59Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2007-05-31",
        "2007-05-31T20:35:00Z",
        "Thu, 31 May 07 20:35:00 GMT",
        "Thu, 31 May 2007 20:35:00 UTC",
        "Thu, 31 May 2007 20:35:00 +0000",
        "Thu, 31 May 2007 20:35:00",
        "31 May 2007 20:35:00 GMT",
        "Fri, 31 May 2007 20:35:00 GMT",
        "Thu, 31 May 2007 24:00:00 GMT",
        "Sat, 31 Apr 2007 20:35:00 GMT",
        "Fri, 1 Jun 2007 20:35:00 GMT",
        "thu, 31 may 2007 20:35:00 gmt",
        "Thu, 31 May 2007 20:35:00 GMT ",
        "Thu, 31 Mai 2007 20:35:00 GMT",
        "Thursday, 31-May-07 20:35:00 GMT",
        "Thu May 31 20:35:00 2007"
      })
  void other_texts_are_no_datetime(String text) {
    assertThat(HttpDate.parse(text)).isEmpty();
  }
}
