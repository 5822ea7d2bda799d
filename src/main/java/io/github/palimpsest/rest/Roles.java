package io.github.palimpsest.rest;

/** The roles of history. */
public final class Roles {
  /** May read states and events. */
  public static final String READER = "audit-reader";

  /** May read and restore. */
  public static final String RESTORER = "audit-restorer";

  /** May do everything. */
  public static final String ADMIN = "audit-admin";

  private Roles() {}
}
