/** Countries, deployed with the application: real changes are made to them through JPA. */
@NullMarked
package io.github.palimpsest.it.country;

import org.jspecify.annotations.NullMarked;
