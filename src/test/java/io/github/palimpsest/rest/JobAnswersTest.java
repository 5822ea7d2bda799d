package io.github.palimpsest.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.palimpsest.job.Job;
import io.github.palimpsest.job.JobRequest;
import io.github.palimpsest.job.JobState;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JobAnswersTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  @Test
  void instants_have_microseconds_as_everywhere() {
    JsonObject body = JsonValue.EMPTY_JSON_OBJECT;
    JobRequest request = new JobRequest(JobRequest.RESTORE, "Account", body, "r", null, "ada");
    Job job =
        new Job(
            new UUID(0, 7),
            request,
            "ada",
            JobState.RUNNING,
            false,
            null,
            0,
            null,
            NOON,
            NOON,
            null,
            null,
            null);

    JsonObject view = JobAnswers.page(List.of(job), null).getJsonArray("items").getJsonObject(0);

    assertThat(view.getString("timeCreated")).isEqualTo("2026-01-31T12:00:00.000000Z");
    assertThat(view.getString("timeStarted")).isEqualTo("2026-01-31T12:00:00.000000Z");
    assertThat(view.get("timeEnded")).isEqualTo(JsonValue.NULL);
  }
}
