package io.github.palimpsest.state.eclipselink;

import java.lang.invoke.MethodType;

/** Primitive types and their wrappers. */
final class Primitives {
  private Primitives() {}

  static Class<?> boxed(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }
}
