/** Notes, deployed with the application: transactions that end in unusual ways. */
@NullMarked
package io.github.palimpsest.it.note;

import org.jspecify.annotations.NullMarked;
