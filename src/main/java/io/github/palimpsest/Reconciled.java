package io.github.palimpsest;

/**
 * What a reconciliation recorded, or would record.
 *
 * @param dryRun whether nothing was recorded
 * @param missing tombstones of objects that had no row
 * @param extra full states of rows that history did not know
 * @param different changes of rows that differed
 */
public record Reconciled(boolean dryRun, long missing, long extra, long different) {}
