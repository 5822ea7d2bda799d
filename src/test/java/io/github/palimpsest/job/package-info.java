/** Jobs in a database. */
@NullMarked
package io.github.palimpsest.job;

import org.jspecify.annotations.NullMarked;
