/** How jobs wait their turn. */
@NullMarked
package io.github.palimpsest.container;

import org.jspecify.annotations.NullMarked;
