/** A small graph of entities, deployed with the application: what random work is done on. */
@NullMarked
package io.github.palimpsest.it.graph;

import org.jspecify.annotations.NullMarked;
