/**
 * The container shell: makes the plain classes available to CDI, opens transactions and audit
 * scopes, and starts what must run at start-up.
 *
 * <p>It decides nothing about history; everything it wires is in the packages it uses.
 */
@NullMarked
package io.github.palimpsest.container;

import org.jspecify.annotations.NullMarked;
