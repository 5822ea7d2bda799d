/** Lets the tests deploy further applications into the running server. */
@NullMarked
package io.github.palimpsest.it.door;

import org.jspecify.annotations.NullMarked;
