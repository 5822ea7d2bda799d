package io.github.palimpsest.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What SQL makes of java.time's serialized forms is what the codecs write. */
class SerializedTimesDatabaseTest {
  private static final TestDatabase DATABASE = TestDatabase.create();

  @Test
  void of_a_date_and_time_with_zone() {
    List<ZonedDateTime> times = new ArrayList<>();
    for (String time :
        List.of("00:00", "23:00", "08:30", "08:00:01", "12:30:45.1", "00:00:00.000000001")) {
      for (String zone :
          List.of(
              "Z",
              "+05:30",
              "-09:45",
              "+18:00",
              "-00:00:01",
              "+10:20:30",
              "UTC",
              "Europe/Paris",
              "Asia/Kathmandu")) {
        for (String day : List.of("2020-02-29", "-0044-03-15", "0000-01-01", "+12345-12-31")) {
          times.add(LocalDateTime.parse(day + "T" + time).atZone(ZoneId.of(zone)));
        }
      }
    }

    assertSame("serialized_zoned_date_time", times);
  }

  @Test
  void of_a_duration() {
    assertSame("serialized_duration", durations());
    assertSame(
        "duration",
        durations(),
        each ->
            new BigDecimal(
                    BigInteger.valueOf(each.getSeconds())
                        .multiply(BigInteger.valueOf(1_000_000_000))
                        .add(BigInteger.valueOf(each.getNano())))
                .toPlainString());
  }

  @Test
  void of_something_else_is_nothing() {
    String other = bytes("text");

    assertThat(
            DATABASE.rows(
                "select palimpsest.serialized_zoned_date_time(%1$s), palimpsest.serialized_duration(%1$s)"
                    .formatted(other)))
        .containsExactly("null null");
  }

  private static List<Duration> durations() {
    List<Duration> durations = new ArrayList<>();
    Random random = new Random(1);
    for (long seconds :
        new long[] {
          0, 1, -1, 59, 60, 3599, 3600, 3660, -3661, 86_400, Long.MAX_VALUE, Long.MIN_VALUE
        }) {
      for (long nanos : new long[] {0, 1, 500_000_000, 999_999_999, 1_000}) {
        durations.add(Duration.ofSeconds(seconds, nanos));
      }
    }
    for (int i = 0; i < 200; i++) {
      durations.add(Duration.ofSeconds(random.nextInt(), random.nextInt()));
    }
    return durations;
  }

  private static <T extends Serializable> void assertSame(String function, List<T> values) {
    assertSame(function, values, SerializedTimesDatabaseTest::bytes);
  }

  private static <T extends Serializable> void assertSame(
      String function, List<T> values, Function<T, String> argument) {
    String all =
        values.stream()
            .map(each -> "palimpsest.%s(%s)".formatted(function, argument.apply(each)))
            .collect(Collectors.joining("), (", "select * from (values (", ")) v"));

    assertThat(DATABASE.rows(all))
        .containsExactlyElementsOf(values.stream().map(SerializedTimesDatabaseTest::text).toList());
  }

  private static String text(Object value) {
    StringBuilder json = new StringBuilder();
    BasicCodecs.ofSerialized(value.getClass()).orElseThrow().write(value, json);
    return JsonText.parse("[" + json + "]").asJsonArray().getString(0);
  }

  private static String bytes(Serializable value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return "decode('%s', 'hex')".formatted(HexFormat.of().formatHex(bytes.toByteArray()));
  }
}
