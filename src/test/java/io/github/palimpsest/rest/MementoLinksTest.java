package io.github.palimpsest.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Memento;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MementoLinksTest {
  private static final Instant NOON = Instant.parse("2007-05-31T12:00:00.5Z");

  private final MementoLinks links = new MementoLinks("/audit/types/Thing/1");

  @Test
  void a_header_field_has_blanks_and_a_document_has_none() {
    WebLink link = links.toMemento("first", new Memento(7, NOON));

    assertThat(WebLink.header(List.of(links.toObject(), link)))
        .isEqualTo(
            "</audit/types/Thing/1>; rel=\"original timegate\", </audit/types/Thing/1/mementos/7>;"
                + " rel=\"first memento\"; datetime=\"Thu, 31 May 2007 12:00:00 GMT\"");
    assertThat(WebLink.document(List.of(links.toObject(), link)))
        .isEqualTo(
            "</audit/types/Thing/1>;rel=\"original timegate\",</audit/types/Thing/1/mementos/7>;"
                + "rel=\"first memento\";datetime=\"Thu, 31 May 2007 12:00:00 GMT\"");
  }

  @Test
  void the_only_memento_is_first_and_last() {
    Memento only = new Memento(7, NOON);

    assertThat(WebLink.header(links.ofObject(only, only)))
        .isEqualTo(
            "</audit/types/Thing/1>; rel=\"original timegate\", </audit/types/Thing/1/timemap>;"
                + " rel=\"timemap\"; type=\"application/link-format\";"
                + " from=\"Thu, 31 May 2007 12:00:00 GMT\";"
                + " until=\"Thu, 31 May 2007 12:00:00 GMT\","
                + " </audit/types/Thing/1/mementos/7>; rel=\"first last memento\";"
                + " datetime=\"Thu, 31 May 2007 12:00:00 GMT\"");
  }

  @Test
  void nothing_in_an_object_id_ends_a_link_or_a_segment() {
    StreamId stream = new StreamId("Thing", "a/b,c;d\"e%f<g>h i+j*k~l-m_n.oø");

    assertThat(MementoLinks.of("/audit/", stream).timeMap())
        .isEqualTo(
            "/audit/types/Thing/a%2Fb%2Cc%3Bd%22e%25f%3Cg%3Eh%20i%2Bj%2Ak~l-m_n.o%C3%B8/timemap");
  }
}
