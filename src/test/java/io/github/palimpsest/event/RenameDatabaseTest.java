package io.github.palimpsest.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.HistoryUnavailableException;
import io.github.palimpsest.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A content type that the application calls otherwise from now on. */
class RenameDatabaseTest {
  private static final String NAMES =
      "select name, formerly from palimpsest.content_type where name <> 'palimpsest.control'"
          + " order by name";

  private final ContentTypes older = new ContentTypes();
  private TestDatabase database;

  @BeforeEach
  void create() {
    database = TestDatabase.create();
    register(older, type("Account"));
    append(older, "Account");
  }

  @Test
  void takes_its_events_along_and_is_recorded() {
    start("Konto", "Account");

    assertThat(database.rows(NAMES)).containsExactly("Konto {Account}");
    assertThat(
            database.rows(
                """
                select c.name, e.object_id, e.operation, e.type, e.source, e.actor, e.body
                from palimpsest.event e join palimpsest.content_type c on c.id = e.content_type_id
                order by e.id
                """))
        .containsExactly(
            "Konto 1 persist null jpa ada {}",
            "palimpsest.control content-types domain renamed_content_type database system:%s %s"
                .formatted(database.login().user(), "{\"to\": \"Konto\", \"from\": \"Account\"}"));
  }

  @Test
  void is_renamed_once() {
    start("Konto", "Account");
    start("Konto", "Account");

    assertThat(database.rows(NAMES)).containsExactly("Konto {Account}");
    assertThat(
            database.rows(
                "select count(*) from palimpsest.event where type = 'renamed_content_type'"))
        .containsExactly("1");
  }

  @Test
  void takes_the_place_of_a_type_without_events() {
    start("Konto");
    start("Konto", "Account");

    assertThat(database.rows(NAMES)).containsExactly("Konto {Account}");
  }

  @Test
  void is_refused_a_name_that_has_events() {
    append(start("Konto"), "Konto");

    assertThatThrownBy(() -> start("Konto", "Account"))
        .isInstanceOf(HistoryUnavailableException.class)
        .hasMessageContaining("content type Account cannot be renamed to Konto: both have events");
    assertThat(database.rows(NAMES)).containsExactly("Account {}", "Konto {}");
  }

  @Test
  void without_events_is_left_behind() {
    start("Old");
    append(start("Konto"), "Konto");
    start("Konto", "Old");

    assertThat(database.rows(NAMES)).containsExactly("Account {}", "Konto {}", "Old {}");
  }

  @Test
  void gets_the_events_of_nodes_that_still_call_it_otherwise() {
    start("Konto", "Account");
    append(older, "Account");

    assertThat(
            database.rows(
                """
                select c.name, count(*) from palimpsest.event e
                join palimpsest.content_type c on c.id = e.content_type_id
                where e.operation <> 'domain' group by c.name
                """))
        .containsExactly("Konto 2");
  }

  @Test
  void is_not_given_to_another_class_that_starts_under_its_former_name() {
    start("Konto", "Account");

    assertThatThrownBy(() -> start("Account"))
        .isInstanceOf(HistoryUnavailableException.class)
        .hasMessage("the content type Account was renamed to Konto");
  }

  @Test
  void can_be_renamed_back() {
    start("Konto", "Account");
    append(start("Account", "Konto"), "Account");

    assertThat(database.rows(NAMES)).containsExactly("Account {Konto}");
  }

  @Test
  void is_found_by_any_of_several_former_names() {
    start("Konto", "Account");
    start("Compte", "Account", "Konto");

    assertThat(database.rows(NAMES)).containsExactly("Compte {Account,Konto}");
  }

  private ContentTypes start(String name, String... formerly) {
    ContentTypes types = new ContentTypes();
    register(types, type(name, formerly));
    return types;
  }

  private void register(ContentTypes types, ContentType type) {
    database
        .connections()
        .call(
            connection -> {
              types.register(connection, List.of(type));
              return true;
            });
  }

  private void append(ContentTypes types, String contentType) {
    NewEvent event =
        new NewEvent(new StreamId(contentType, "1"), Operation.PERSIST, null, Source.JPA, 1, "{}");
    database
        .connections()
        .call(
            connection -> {
              new EventWriter(types)
                  .append(connection, List.of(event), new Provenance("ada", null, null));
              return true;
            });
  }

  private static ContentType type(String name, String... formerly) {
    return new ContentType(name, List.of(formerly), "x." + name, Map.of("id", "long"));
  }
}
