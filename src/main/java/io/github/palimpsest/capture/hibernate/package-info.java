/** Hears Hibernate ORM's changes and its commit. */
@NullMarked
package io.github.palimpsest.capture.hibernate;

import org.jspecify.annotations.NullMarked;
