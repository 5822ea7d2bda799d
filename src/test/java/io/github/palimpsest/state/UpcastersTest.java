package io.github.palimpsest.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.StateUpcaster;
import io.github.palimpsest.UnreadableEventException;
import io.github.palimpsest.Upcaster;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.testing.Models;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UpcastersTest {
  private static final StreamId STREAM = new StreamId("Thing", "1");

  @Nested
  class At_the_start {
    @Test
    void an_upcaster_that_is_not_annotated_is_refused() {
      assertRefused(Plain.class.getName() + " is not annotated with @Upcaster", new Plain());
    }

    @Test
    void an_unknown_content_type_is_refused() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Upcasters.of(Models.of("Other", 3), List.of(new First())))
          .withMessage(
              First.class.getName() + " is an upcaster of Thing, which is no content type");
    }

    @Test
    void a_version_that_is_not_older_than_the_class_is_refused() {
      assertRefused(
          Third.class.getName() + " upcasts from version 3, but the class has version 3",
          new First(),
          new Second(),
          new Third());
    }

    @Test
    void version_0_is_refused() {
      assertRefused(
          Zeroth.class.getName() + " upcasts from version 0, but the class has version 3",
          new Zeroth());
    }

    @Test
    void two_from_one_version_are_refused() {
      assertRefused(
          "%s and %s both upcast from version 1"
              .formatted(First.class.getName(), SecondFirst.class.getName()),
          new First(),
          new SecondFirst());
    }

    @Test
    void a_gap_is_refused() {
      assertRefused("no upcaster of Thing takes version 1, others do", new Second());
      assertRefused("no upcaster of Thing takes version 2, others do", new First());
    }

    @Test
    void a_former_name_is_the_type_of_today() {
      Upcasters upcasters =
          Upcasters.of(Models.of("Ding", 3, "Thing"), List.of(new First(), new Second()));

      assertThat(upcasters.today(new StreamId("Ding", "1"), 1, 1)).isEqualTo(3);
    }
  }

  @Test
  void are_chained_in_the_order_of_versions() {
    Upcasters upcasters = upcasters(new Second(), new First());

    assertThat(upcasters.state(STREAM, 1, object("{\"a\":1}"), 1, 3))
        .hasToString("{\"a\":1,\"first\":true,\"second\":true}");
    assertThat(upcasters.state(STREAM, 1, object("{\"a\":1}"), 2, 3))
        .hasToString("{\"a\":1,\"second\":true}");
  }

  @Test
  void changes_go_another_way_if_the_upcaster_says_so() {
    Upcasters upcasters = upcasters(new First(), new Second());

    assertThat(upcasters.changes(STREAM, 1, object("{\"a\":1}"), 1, 3))
        .hasToString("{\"a\":1,\"first\":true}");
  }

  @Test
  void a_type_without_upcasters_stays_as_it_was_written() {
    assertThat(upcasters().today(STREAM, 1, 2)).isEqualTo(2);
    assertThat(upcasters().state(STREAM, 1, object("{\"a\":1}"), 1, 3)).hasToString("{\"a\":1}");
  }

  @Test
  void a_state_of_a_newer_class_cannot_be_read() {
    assertThatThrownBy(() -> upcasters().today(STREAM, 12, 4))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessage(
            "Thing/1 cannot be read: version 4 of its class wrote it at position 12, here is"
                + " version 3.");
  }

  @Test
  void an_upcaster_that_fails_is_named_without_the_value() {
    Upcasters upcasters = upcasters(new Failing(), new Second());

    assertThatThrownBy(() -> upcasters.state(STREAM, 12, object("{\"a\":\"secret\"}"), 1, 3))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessage(
            "Thing/1 cannot be read: the upcaster from version 1 failed at position 12"
                + " (java.lang.NumberFormatException).")
        .hasStackTraceContaining("Failing")
        .satisfies(e -> assertThat(e).hasRootCauseMessage("java.lang.NumberFormatException"));
  }

  @Test
  void an_upcaster_that_returns_null_is_named() {
    Upcasters upcasters = upcasters(new Null(), new Second());

    assertThatThrownBy(() -> upcasters.state(STREAM, 12, object("{}"), 1, 3))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageContaining("Thing/1 cannot be read: the upcaster from version 1 failed at");
  }

  private static Upcasters upcasters(StateUpcaster... found) {
    return Upcasters.of(Models.of("Thing", 3), List.of(found));
  }

  private static void assertRefused(String message, StateUpcaster... found) {
    assertThatIllegalArgumentException().isThrownBy(() -> upcasters(found)).withMessage(message);
  }

  private static JsonObject object(String json) {
    return JsonText.parse(json).asJsonObject();
  }

  private static JsonObject with(JsonObject state, String name) {
    return JsonText.JSON.createObjectBuilder(state).add(name, true).build();
  }

  private static class Plain implements StateUpcaster {
    @Override
    public JsonObject upcast(JsonObject state) {
      return state;
    }
  }

  @Upcaster(contentType = "Thing", from = 0)
  private static final class Zeroth extends Plain {}

  @Upcaster(contentType = "Thing", from = 1)
  private static final class First implements StateUpcaster {
    @Override
    public JsonObject upcast(JsonObject state) {
      return with(state, "first");
    }
  }

  @Upcaster(contentType = "Thing", from = 1)
  private static final class SecondFirst extends Plain {}

  @Upcaster(contentType = "Thing", from = 2)
  private static final class Second implements StateUpcaster {
    @Override
    public JsonObject upcast(JsonObject state) {
      return with(state, "second");
    }

    @Override
    public JsonObject upcastChanges(JsonObject changes) {
      return changes;
    }
  }

  @Upcaster(contentType = "Thing", from = 3)
  private static final class Third extends Plain {}

  @Upcaster(contentType = "Thing", from = 1)
  private static final class Failing implements StateUpcaster {
    @Override
    public JsonObject upcast(JsonObject state) {
      return JsonText.object(
          Map.of("a", JsonText.JSON.createValue(Integer.parseInt(state.getString("a")))));
    }
  }

  @Upcaster(contentType = "Thing", from = 1)
  private static final class Null implements StateUpcaster {
    @Override
    @SuppressWarnings("NullAway") // what it is about
    public JsonObject upcast(JsonObject state) {
      return null;
    }
  }
}
