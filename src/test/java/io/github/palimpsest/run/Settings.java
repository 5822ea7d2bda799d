package io.github.palimpsest.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment variables say.
 *
 * @param port where the application answers
 * @param database the PostgreSQL to use; empty means the embedded one
 * @param demoPassword the password of all demo users
 */
record Settings(int port, Optional<Login> database, String demoPassword) {
  private static final String JDBC = "jdbc:postgresql:";

  /**
   * Reads {@code environment}, where an empty variable counts as an absent one.
   *
   * @throws StartFailure if the variables contradict each other
   */
  static Settings of(Map<String, String> environment) {
    return new Settings(
        port(find(environment, "PORT").orElse("8080")),
        database(environment),
        find(environment, "DEMO_PASSWORD").orElse("demo"));
  }

  private static Optional<String> find(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
  }

  private static int port(String text) {
    if (text.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    }
    throw new StartFailure("PORT must be a number from 1 to 65535, it is " + text + ".");
  }

  private static Optional<Login> database(Map<String, String> environment) {
    List<String> required = missing(environment, "DB_URL", "DB_USER", "DB_PASSWORD");
    List<String> owner = missing(environment, "DB_OWNER", "DB_OWNER_PASSWORD");
    if (required.size() == 3 && owner.size() == 2) {
      return Optional.empty();
    }
    if (!required.isEmpty() || owner.size() == 1) {
      throw new StartFailure(
          "Set DB_URL, DB_USER and DB_PASSWORD together, and with them either both DB_OWNER and"
              + " DB_OWNER_PASSWORD or neither.");
    }
    return Optional.of(login(environment));
  }

  private static List<String> missing(Map<String, String> environment, String... variables) {
    return List.of(variables).stream()
        .filter(variable -> find(environment, variable).isEmpty())
        .toList();
  }

  private static Login login(Map<String, String> environment) {
    String url = find(environment, "DB_URL").orElseThrow();
    if (!url.startsWith(JDBC)) {
      throw new StartFailure("DB_URL must begin with " + JDBC + "//");
    }
    String user = find(environment, "DB_USER").orElseThrow();
    String password = find(environment, "DB_PASSWORD").orElseThrow();
    return new Login(
        url,
        user,
        password,
        find(environment, "DB_OWNER").orElse(user),
        find(environment, "DB_OWNER_PASSWORD").orElse(password));
  }
}
