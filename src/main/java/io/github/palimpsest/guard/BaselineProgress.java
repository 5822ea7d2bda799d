package io.github.palimpsest.guard;

/**
 * How far a baseline is.
 *
 * @param isRunning whether it goes on
 * @param rows how many were looked at
 * @param recorded how many of them got a state
 */
public record BaselineProgress(boolean isRunning, long rows, long recorded) {}
