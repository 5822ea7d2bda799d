package io.github.palimpsest.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is sent to the database over connections whose URL begins with {@code counted:}; a
 * JDBC batch is one. For one thread.
 */
public final class CountedStatements implements Driver {
  private static final String PREFIX = "counted:";
  private static final AtomicLong COUNT = new AtomicLong();

  /** Called by the provider. */
  public CountedStatements() {}

  /** Returns the properties of a persistence unit on {@code database} that is counted. */
  public static Map<String, String> unit(TestDatabase database) {
    return Map.of(
        "jakarta.persistence.jdbc.driver",
        CountedStatements.class.getName(),
        "jakarta.persistence.jdbc.url",
        PREFIX + database.login().url());
  }

  /** Returns how many statements {@code work} sends. */
  public static long of(Runnable work) {
    long before = COUNT.get();
    work.run();
    return COUNT.get() - before;
  }

  @Override
  public @Nullable Connection connect(String url, Properties properties) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    return counted(
        Connection.class, DriverManager.getConnection(url.substring(PREFIX.length()), properties));
  }

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith(PREFIX);
  }

  private static <T> T counted(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader() == null
                ? CountedStatements.class.getClassLoader()
                : type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().startsWith("execute")) {
                COUNT.incrementAndGet();
              }
              return counted(call(target, method, arguments));
            }));
  }

  private static @Nullable Object counted(@Nullable Object result) {
    if (result instanceof PreparedStatement prepared) {
      return counted(PreparedStatement.class, prepared);
    }
    return result instanceof Statement statement ? counted(Statement.class, statement) : result;
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger(Logger.GLOBAL_LOGGER_NAME);
  }
}
