/** Restores of objects that need each other, on both JPA providers. */
@NullMarked
package io.github.palimpsest.restore;

import org.jspecify.annotations.NullMarked;
