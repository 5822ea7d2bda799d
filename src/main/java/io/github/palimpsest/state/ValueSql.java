package io.github.palimpsest.state;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a codec writes, as an SQL expression: null for null. A provider's adapter puts together what
 * its mappings say; what the codecs make of it is known here.
 *
 * @param json a text
 * @param isSortable whether it is the codec's, character for character
 * @param isNumber whether it is a JSON number, which collections sort by value
 */
public record ValueSql(String json, boolean isSortable, boolean isNumber) {
  /** Returns what {@link BasicCodec} writes. */
  public static ValueSql of(ColumnText column) {
    return new ValueSql(column.json(), column.isSortable(), column.isNumber());
  }

  /**
   * Returns what {@link MaskedCodec} writes; empty if it is not to be had.
   *
   * @param isDecimal then its scale does not count: a fingerprint tells apart what means the same
   */
  public Optional<ValueSql> masked(boolean isDecimal) {
    return isSortable || isDecimal
        ? Optional.of(new ValueSql("palimpsest.fingerprint(%s)".formatted(json), true, false))
        : Optional.empty();
  }

  /** Returns what {@link EmbeddableCodec} writes. */
  public static ValueSql object(Map<String, ValueSql> parts, boolean isNullWhenEmpty) {
    Map<String, String> members = new TreeMap<>();
    Map<String, String> nulls = new TreeMap<>();
    parts.forEach((name, part) -> members.put(name, part.json()));
    parts.forEach((name, part) -> nulls.put(name, "null"));
    String object = StateSql.object(members);
    return new ValueSql(
        isNullWhenEmpty ? "nullif(%s, %s)".formatted(object, StateSql.object(nulls)) : object,
        parts.values().stream().allMatch(ValueSql::isSortable),
        false);
  }

  /** Returns the key of an entity: its only part, or an object of them. */
  public static ValueSql key(Map<String, ValueSql> parts) {
    return parts.size() == 1 ? parts.values().iterator().next() : object(parts, true);
  }

  /** Returns what {@link ReferenceCodec} writes for an entity with this key. */
  public ValueSql reference() {
    // Collections sort references by their text, numbers or not.
    return new ValueSql(json, isSortable, false);
  }

  /**
   * Returns what {@link ReferenceCodec} writes for a polymorphic reference to an entity with this
   * key.
   *
   * @param concreteType expression of the entity's name, a JSON string
   */
  public ValueSql reference(String concreteType) {
    return new ValueSql(
        "('{\"type\":' || %s || ',\"id\":' || %s || '}')".formatted(concreteType, json),
        isSortable,
        false);
  }

  /**
   * Returns one of several values; null where the column holds none of these.
   *
   * @param values what the column holds, as text, to value
   */
  public static ValueSql either(String column, SortedMap<String, ValueSql> values) {
    StringBuilder sql = new StringBuilder("(case %s::text".formatted(column));
    values.forEach(
        (stored, value) ->
            sql.append(" when %s then %s".formatted(StateSql.literal(stored), value.json())));
    return new ValueSql(
        values.isEmpty() ? "null" : sql.append(" end)").toString(),
        values.values().stream().allMatch(ValueSql::isSortable),
        false);
  }

  /** Returns a value that lies in another table. */
  public ValueSql selected(String from) {
    return new ValueSql("(select %s%s)".formatted(json, from), isSortable, isNumber);
  }

  /**
   * Returns what {@link CollectionCodec} writes for such elements; empty if they cannot be sorted.
   *
   * @param order the column that keeps their order, or null
   * @param from where their rows are
   */
  public Optional<ValueSql> array(@Nullable String order, String from) {
    if (order == null && !isSortable && !isNumber) {
      return Optional.empty();
    }
    String element = "coalesce(%s, 'null')".formatted(json);
    return Optional.of(
        new ValueSql(
            "(select '[' || coalesce(string_agg(%s, ',' order by %s), '') || ']'%s)"
                .formatted(element, order == null ? sorted(element) : order, from),
            isSortable,
            false));
  }

  /**
   * The same where no element that is null is stored.
   *
   * @param from where their rows are
   */
  public Optional<ValueSql> arrayWithoutNull(String from) {
    return isSortable || isNumber
        ? Optional.of(
            new ValueSql(
                "(select '[' || coalesce(string_agg(%1$s, ',' order by %2$s) filter (where %1$s is not null), '') || ']'%3$s)"
                    .formatted(json, sorted(json), from),
                isSortable,
                false))
        : Optional.empty();
  }

  /**
   * The same in an order: an element that is not stored is a gap, and null.
   *
   * @param order the column that keeps their order
   * @param first what it holds for the first element
   * @param from where their rows are
   */
  public ValueSql arrayWithGaps(String order, int first, String from) {
    String stored = "select %s as element, %s::int as place%s".formatted(json, order, from);
    String gaps = "place - lag(place, 1, %d) over (order by place) - 1".formatted(first - 1);
    return new ValueSql(
        """
        (select '[' || coalesce(string_agg(repeat('null,', gap) || element, ',' order by place), '') || ']' \
        from (select element, place, coalesce(%s, 0) as gap from (%s) stored where element is not null) spaced)"""
            .formatted(gaps, stored),
        isSortable,
        false);
  }

  /** Returns this, but null where {@code column} is. */
  public ValueSql nullWith(String column) {
    return new ValueSql(
        "(case when %s is not null then %s end)".formatted(column, json), isSortable, isNumber);
  }

  private String sorted(String element) {
    String text = element + " collate \"C\"";
    return isNumber
        ? "case when left(%s, 1) not in ('\"', 'n') then (%s)::numeric end nulls first, %s"
            .formatted(element, element, text)
        : text;
  }

  /**
   * Returns what {@link MapCodec} writes for such values under basic keys; empty if they cannot be
   * sorted.
   *
   * @param from where the rows of both are
   * @param keepsNull whether an entry is stored whose value is null
   */
  public Optional<ValueSql> map(ColumnText key, String from, boolean keepsNull) {
    return key.isSortable()
        ? Optional.of(
            new ValueSql(
                "(select '{' || coalesce(string_agg(palimpsest.json_string(%s) || ':' || coalesce(%s, 'null'), ',' order by %s collate \"C\")%s, '') || '}'%s)"
                    .formatted(key.plain(), json, key.json(), filter(keepsNull), from),
                isSortable,
                false))
        : Optional.empty();
  }

  /**
   * The same under keys that are more than a basic value.
   *
   * @param from where the rows of both are
   * @param keepsNull whether an entry is stored whose value is null
   */
  public Optional<ValueSql> pairs(ValueSql key, String from, boolean keepsNull) {
    return key.isSortable()
        ? Optional.of(
            new ValueSql(
                "(select '[' || coalesce(string_agg('[' || coalesce(%1$s, 'null') || ',' || coalesce(%2$s, 'null') || ']', ',' order by coalesce(%1$s, 'null') collate \"C\")%3$s, '') || ']'%4$s)"
                    .formatted(key.json(), json, filter(keepsNull), from),
                isSortable,
                false))
        : Optional.empty();
  }

  private String filter(boolean keepsNull) {
    return keepsNull ? "" : " filter (where %s is not null)".formatted(json);
  }
}
