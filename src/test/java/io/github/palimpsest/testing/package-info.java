/** What the database tests share: one PostgreSQL for the run, a fresh database for each class. */
@NullMarked
package io.github.palimpsest.testing;

import org.jspecify.annotations.NullMarked;
