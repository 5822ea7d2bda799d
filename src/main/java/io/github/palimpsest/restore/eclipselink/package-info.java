/** Changes and creates entities through EclipseLink. */
@NullMarked
package io.github.palimpsest.restore.eclipselink;

import org.jspecify.annotations.NullMarked;
