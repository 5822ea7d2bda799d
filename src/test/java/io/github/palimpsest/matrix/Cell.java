package io.github.palimpsest.matrix;

/**
 * A step of a kind on a variant, and how it went.
 *
 * @param outcome for the table; empty as long as it has not passed
 * @param restored how the restore of what was before the step went; empty where there is none
 */
record Cell(
    String group, String kind, String step, Variant variant, String outcome, String restored) {}
