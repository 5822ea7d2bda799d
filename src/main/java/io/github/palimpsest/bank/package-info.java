/**
 * The demo: a small bank whose accounts are audited; in the WAR only.
 *
 * <p>It decides what a bank does and who may; its history is left to the library.
 */
@NullMarked
package io.github.palimpsest.bank;

import org.jspecify.annotations.NullMarked;
