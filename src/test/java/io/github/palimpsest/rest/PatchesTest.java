package io.github.palimpsest.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.fge.jsonpatch.JsonPatch;
import com.github.fge.jsonpatch.JsonPatchException;
import com.github.fge.jsonpatch.mergepatch.JsonMergePatch;
import io.github.palimpsest.event.JsonOrder;
import io.github.palimpsest.state.JsonText;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Patches as another library, on another JSON parser, understands them. */
class PatchesTest {
  private static final int PAIRS = 10_000;
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

  @Test
  void json_patches_give_the_later_states_to_the_letter() throws Exception {
    int empty = 0;
    for (Pair pair : pairs()) {
      JsonArray patch = Patches.jsonPatch(pair.before(), pair.after());

      assertThat(applied(patch, pair.before())).as("%s %s", pair, patch).isEqualTo(pair.after());
      assertThat(patch.isEmpty()).as("%s", pair).isEqualTo(pair.before().equals(pair.after()));
      empty += patch.isEmpty() ? 1 : 0;
    }
    assertThat(empty).isLessThan(PAIRS / 2);
  }

  @Test
  void merge_patches_give_the_later_states_or_there_is_none() throws Exception {
    int expressible = 0;
    for (Pair pair : pairs()) {
      Optional<JsonObject> patch = Patches.mergePatch(pair.before(), pair.after());

      assertThat(patch.isPresent())
          .as("%s", pair)
          .isNotEqualTo(losesNull(pair.before(), pair.after()));
      if (patch.isPresent()) {
        // the other library does not keep the scale of numbers
        assertThat(JsonOrder.isSame(merged(patch.get(), pair.before()), pair.after()))
            .as("%s %s", pair, patch)
            .isTrue();
        expressible++;
      }
    }
    assertThat(expressible).isBetween(PAIRS / 10, PAIRS * 9 / 10);
  }

  @Test
  void names_are_escaped_as_pointers() {
    assertThat(jsonPatch("{\"a/b~c\":1}", "{\"a/b~c\":2}"))
        .isEqualTo("[{\"op\":\"replace\",\"path\":\"/a~1b~0c\",\"value\":2}]");
  }

  @Test
  void members_of_an_embeddable_are_patched_one_by_one_and_lists_as_a_whole() {
    assertThat(
            jsonPatch(
                "{\"name\":{\"first\":\"A\",\"last\":\"L\"},\"tags\":[1,2]}",
                "{\"name\":{\"first\":\"B\",\"last\":\"L\"},\"tags\":[2]}"))
        .isEqualTo(
            "[{\"op\":\"replace\",\"path\":\"/name/first\",\"value\":\"B\"},"
                + "{\"op\":\"replace\",\"path\":\"/tags\",\"value\":[2]}]");
  }

  @Test
  void another_scale_is_another_value() {
    assertThat(jsonPatch("{\"a\":1.0}", "{\"a\":1.00}"))
        .isEqualTo("[{\"op\":\"replace\",\"path\":\"/a\",\"value\":1.00}]");
  }

  @Test
  void a_merge_patch_removes_by_null_and_so_cannot_set_null() {
    assertThat(Patches.mergePatch(object("{\"a\":1,\"b\":null}"), object("{\"b\":null}")))
        .hasValue(object("{\"a\":null}"));
    assertThat(Patches.mergePatch(object("{\"a\":1}"), object("{\"a\":null}"))).isEmpty();
    assertThat(Patches.mergePatch(object("{}"), object("{\"a\":{\"b\":null}}"))).isEmpty();
    assertThat(Patches.mergePatch(object("{}"), object("{\"a\":[null]}")))
        .hasValue(object("{\"a\":[null]}"));
  }

  /** The later state is the earlier one with changes, or another one. */
  private static List<Pair> pairs() {
    long seed = System.nanoTime();
    RandomStates states = new RandomStates(new Random(seed));
    return IntStream.range(0, PAIRS)
        .mapToObj(
            i -> {
              JsonObject before = states.state();
              return new Pair(
                  seed, i, before, i % 4 == 0 ? states.state() : states.changed(before));
            })
        .toList();
  }

  /** Returns whether a member becomes null that was something else, or not there. */
  private static boolean losesNull(@Nullable JsonValue before, JsonValue after) {
    return after instanceof JsonObject members
        && members.entrySet().stream()
            .anyMatch(
                each -> {
                  JsonValue old =
                      before instanceof JsonObject object ? object.get(each.getKey()) : null;
                  boolean isNull = each.getValue().equals(JsonValue.NULL);
                  return isNull ? !JsonValue.NULL.equals(old) : losesNull(old, each.getValue());
                });
  }

  private static JsonValue applied(JsonArray patch, JsonObject before)
      throws JsonProcessingException, JsonPatchException {
    return value(MAPPER.treeToValue(node(patch), JsonPatch.class).apply(node(before)));
  }

  private static JsonValue merged(JsonValue patch, JsonObject before)
      throws JsonProcessingException, JsonPatchException {
    return value(MAPPER.treeToValue(node(patch), JsonMergePatch.class).apply(node(before)));
  }

  private static JsonNode node(JsonValue value) throws JsonProcessingException {
    return MAPPER.readTree(value.toString());
  }

  private static JsonValue value(JsonNode node) throws JsonProcessingException {
    return JsonText.parse(MAPPER.writeValueAsString(node));
  }

  private static String jsonPatch(String before, String after) {
    return Patches.jsonPatch(object(before), object(after)).toString();
  }

  private static JsonObject object(String json) {
    return JsonText.parse(json).asJsonObject();
  }

  /** Two states of one object, the {@code number}th of a seed. */
  private record Pair(long seed, int number, JsonObject before, JsonObject after) {}
}
