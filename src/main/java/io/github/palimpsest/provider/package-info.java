/**
 * The application's persistence units, whichever JPA provider each of them has: finds them and
 * answers for all providers in the same words.
 *
 * <p>What is done with them is for others to say.
 */
@NullMarked
package io.github.palimpsest.provider;

import org.jspecify.annotations.NullMarked;
