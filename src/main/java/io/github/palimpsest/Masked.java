package io.github.palimpsest;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keeps the value of an attribute (its field or its getter) out of the history, but not its
 * changes: in place of the value events hold a fingerprint of it, keyed by {@code
 * palimpsest.mask.key}. Equal values have equal fingerprints. A restore leaves the attribute of an
 * object that is there as it is, and cannot bring it back for one that was removed. Not for ids.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface Masked {}
