package io.github.palimpsest.rebuild;

import io.github.palimpsest.event.Condition;
import io.github.palimpsest.event.JsonOrder;
import jakarta.json.JsonValue;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Which states of one content type, and in which order. Immutable.
 *
 * @param contentType of which
 * @param condition must hold
 * @param compared the paths that the condition compares, by their names
 * @param orders by what to order, the first first; what is equal comes by object id
 */
public record StateQuery(
    String contentType,
    Condition condition,
    Map<List<String>, AttributePath> compared,
    List<Order> orders) {
  /**
   * One order.
   *
   * @param path to what is ordered by
   * @param values how what is there is ordered
   */
  public record Order(AttributePath path, Comparator<JsonValue> values) {
    private static Order of(AttributePath path, boolean isDescending) {
      Comparator<JsonValue> ascending = JsonOrder.of(path.areInstants());
      return new Order(path, isDescending ? ascending.reversed() : ascending);
    }
  }

  public StateQuery {
    compared = Map.copyOf(compared);
    orders = List.copyOf(orders);
  }

  /** Returns the query of all states of a type. */
  public static StateQuery all(String contentType) {
    return new StateQuery(contentType, Condition.always(), Map.of(), List.of());
  }

  /**
   * Returns this, where {@code another} condition holds too, which compares what is at the path.
   */
  public StateQuery where(AttributePath path, Condition another) {
    Map<List<String>, AttributePath> all = new LinkedHashMap<>(compared);
    Stream.concat(Stream.of(path), path.key().stream())
        .forEach(each -> all.put(each.names(), each));
    return new StateQuery(contentType, condition.and(another), all, orders);
  }

  /** Returns this, ordered by what is at the path where the orders before leave it open. */
  public StateQuery orderBy(AttributePath path, boolean isDescending) {
    return new StateQuery(
        contentType,
        condition,
        compared,
        Stream.concat(orders.stream(), Stream.of(Order.of(path, isDescending))).toList());
  }

  /** Returns everything that has to be known of a state. */
  List<AttributePath> paths() {
    return Stream.concat(compared.values().stream(), orders.stream().map(Order::path)).toList();
  }

  boolean holds(State state, PathValues values) {
    return condition.test(
        comparison -> values.of(state, Objects.requireNonNull(compared.get(comparison.path()))));
  }

  StateCursor place(State state, PathValues values) {
    return new StateCursor(
        orders.stream().map(order -> values.of(state, order.path())).toList(),
        state.stream().objectId());
  }

  /** Compares places in the order asked for. */
  int compare(StateCursor one, StateCursor other) {
    for (int i = 0; i < orders.size(); i++) {
      Order order = orders.get(i);
      int compared = order.values().compare(one.key().get(i), other.key().get(i));
      if (compared != 0) {
        return compared;
      }
    }
    return one.objectId().compareTo(other.objectId());
  }
}
