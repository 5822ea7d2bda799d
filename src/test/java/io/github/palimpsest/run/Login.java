package io.github.palimpsest.run;

/**
 * How an application gets into its database: two roles, so that the application cannot do what only
 * its migration may do.
 *
 * @param url a JDBC URL without credentials
 * @param user the application's role
 * @param owner the role that owns the history's schema; may be the same as {@code user}
 */
public record Login(String url, String user, String password, String owner, String ownerPassword) {

  /** Names the database and the roles, and no password. */
  @Override
  public String toString() {
    return "Login[url=" + url + ", user=" + user + ", owner=" + owner + "]";
  }
}
