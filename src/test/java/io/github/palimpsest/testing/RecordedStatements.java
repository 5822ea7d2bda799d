package io.github.palimpsest.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Remembers the statements that are executed on the connections of a data source. */
public final class RecordedStatements {
  private final List<String> executed = Collections.synchronizedList(new ArrayList<>());

  /** Returns a data source for {@code database} whose statements are remembered. */
  public DataSource of(TestDatabase database) {
    return proxy(
        DataSource.class,
        (self, method, arguments) ->
            method.getName().equals("getConnection") ? connection(database.connect()) : null);
  }

  /** Returns the SQL of what was executed since the last call, in its order. */
  public List<String> take() {
    List<String> taken = List.copyOf(executed);
    executed.clear();
    return taken;
  }

  private Connection connection(Connection connection) {
    return proxy(
        Connection.class,
        (self, method, arguments) -> {
          @Nullable Object result = call(connection, method, arguments);
          if (result instanceof PreparedStatement prepared) {
            return statement(PreparedStatement.class, prepared, String.valueOf(arguments[0]));
          }
          return result instanceof Statement plain ? statement(Statement.class, plain, "") : result;
        });
  }

  private <S extends Statement> S statement(Class<S> type, S statement, String prepared) {
    return proxy(
        type,
        (self, method, arguments) -> {
          if (method.getName().startsWith("execute")) {
            boolean isPlain = arguments != null && arguments[0] instanceof String;
            executed.add(isPlain ? String.valueOf(arguments[0]) : prepared);
          }
          return call(statement, method, arguments);
        });
  }

  private static @Nullable Object call(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            RecordedStatements.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
