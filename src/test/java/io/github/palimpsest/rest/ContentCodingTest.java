package io.github.palimpsest.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCodingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"gzip", "GZIP", "deflate, gzip", "gzip;q=0.001", "gzip ; q=1", "*", "br,*;q=0.1"})
  void gzip_is_taken(String header) {
    assertThat(ContentCoding.acceptsGzip(header)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "br", "identity", "gzip;q=0", "gzip;q=0.000", "*;q=0", "*, gzip;q=0", "xgzip"})
  void gzip_is_not_taken(String header) {
    assertThat(ContentCoding.acceptsGzip(header)).isFalse();
  }

  @Test
  void who_says_nothing_gets_nothing_compressed() {
    assertThat(ContentCoding.acceptsGzip(null)).isFalse();
  }
}
