package io.github.palimpsest.matrix;

/**
 * A step of a kind on a variant, and how it went.
 *
 * @param outcome for the table; empty as long as it has not passed
 */
record Cell(String group, String kind, String step, Variant variant, String outcome) {}
