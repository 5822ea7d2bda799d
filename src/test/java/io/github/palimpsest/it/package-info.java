/**
 * The application as it is deployed, asked from outside: one Payara Micro and one PostgreSQL for
 * all classes of the run.
 *
 * <p>The packages below it are deployed with the application.
 */
@NullMarked
package io.github.palimpsest.it;

import org.jspecify.annotations.NullMarked;
