/**
 * The public API: what an application annotates, injects and catches.
 *
 * <p>It decides the words an application uses; how events are captured, stored and folded is left
 * to the packages below it.
 */
@NullMarked
package io.github.palimpsest;

import org.jspecify.annotations.NullMarked;
