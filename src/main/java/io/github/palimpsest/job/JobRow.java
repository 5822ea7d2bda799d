package io.github.palimpsest.job;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a row of the table as a job. */
final class JobRow {
  private static final JsonProvider JSON = JsonProvider.provider();

  private JobRow() {}

  static Job of(ResultSet row) throws SQLException {
    return new Job(
        row.getObject("id", UUID.class),
        new JobRequest(
            row.getString("kind"),
            row.getString("target"),
            Objects.requireNonNull(json(row.getString("request"))),
            row.getString("reason"),
            row.getString("correlation_id"),
            row.getString("started_by")),
        row.getString("actor"),
        JobState.of(row.getString("state")),
        row.getBoolean("cancel_requested"),
        row.getString("phase"),
        row.getLong("done"),
        row.getObject("total", Long.class),
        Objects.requireNonNull(instant(row, "created_at")),
        instant(row, "started_at"),
        instant(row, "ended_at"),
        json(row.getString("result")),
        json(row.getString("problem")));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  private static @Nullable JsonObject json(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try (JsonReader reader = JSON.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
