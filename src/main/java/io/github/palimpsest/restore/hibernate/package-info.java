/** Changes and creates entities through Hibernate ORM. */
@NullMarked
package io.github.palimpsest.restore.hibernate;

import org.jspecify.annotations.NullMarked;
