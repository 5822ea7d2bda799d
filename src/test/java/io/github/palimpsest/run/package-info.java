/**
 * The demo on the own machine: {@code mvn -Prun}, and the PostgreSQL it shares with the tests.
 *
 * <p>It decides how a database and a server are started, found ready and stopped; what the deployed
 * application does is left to it.
 */
@NullMarked
package io.github.palimpsest.run;

import org.jspecify.annotations.NullMarked;
