package io.github.palimpsest.job;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is now.
 *
 * @param actor who runs it: whoever started or resumed it last
 * @param isCancelRequested whether it ends without a change as soon as it notices
 * @param phase what it is at; null before it began
 * @param done objects looked at
 * @param total objects to look at, at most; null while unknown
 * @param result the answer, if it is done
 * @param problem why it failed (RFC 9457), if it did
 */
public record Job(
    UUID id,
    JobRequest request,
    String actor,
    JobState state,
    boolean isCancelRequested,
    @Nullable String phase,
    long done,
    @Nullable Long total,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable JsonObject result,
    @Nullable JsonObject problem) {}
