package io.github.palimpsest.run;

import java.nio.file.Path;

/**
 * What the user reads when everything runs.
 *
 * @param embedded whether {@code database} is the embedded one, whose password is no secret
 */
record Summary(Settings settings, Login database, boolean embedded, Path log) {

  @Override
  public String toString() {
    String url = "http://localhost:" + settings.port();
    return """

        Palimpsest runs at %1$s

          Users      teller, reader, restorer, admin; their password is %2$s
          Database   psql "%3$s"
          Log        %4$s

        Create an owner, open an account of owner 1, read its history:

          curl -u %5$s -H 'Content-Type: application/json' -d '{"name":"Ada"}' %1$s/bank/owners
          curl -u %5$s -H 'Content-Type: application/json' -d '{"owner":1}' %1$s/bank/accounts
          curl -u %6$s %1$s/audit/types/Account/1/events

        Ctrl-C stops it.
        """
        .formatted(url, settings.demoPassword(), psqlUri(), log, login("teller"), login("reader"));
  }

  private String psqlUri() {
    String credentials = database.user() + (embedded ? ":" + database.password() : "");
    return database
        .url()
        .replaceFirst("^jdbc:", "")
        .replaceFirst("[?].*$", "")
        .replace("://", "://" + credentials + "@");
  }

  private String login(String user) {
    String login = user + ":" + settings.demoPassword();
    return login.matches("[\\w:.-]+") ? login : "'" + login.replace("'", "'\\''") + "'";
  }
}
