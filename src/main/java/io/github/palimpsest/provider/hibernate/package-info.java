/** Persistence units on Hibernate. Loaded only where Hibernate itself is. */
@NullMarked
package io.github.palimpsest.provider.hibernate;

import org.jspecify.annotations.NullMarked;
