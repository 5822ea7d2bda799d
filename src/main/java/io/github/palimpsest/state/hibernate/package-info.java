/** Reads Hibernate ORM's metamodel. */
@NullMarked
package io.github.palimpsest.state.hibernate;

import org.jspecify.annotations.NullMarked;
