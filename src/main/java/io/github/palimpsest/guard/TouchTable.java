package io.github.palimpsest.guard;

import static io.github.palimpsest.state.StateSql.literal;

import java.util.List;

/**
 * The table that notes the touched objects of one family, and the trigger on it that settles them
 * before the commit. One for each family, so that nothing has to be looked up or planned then.
 *
 * @param family qualified name of the table whose primary key the keys are
 */
record TouchTable(String family) {
  static final String TRIGGER = "guard_settle";

  /** It looks empty when plans are made, and is full of dead rows later. */
  static final String BY_INDEX = " set enable_seqscan = off";

  private static final String CREATE =
      """
      create unlogged table %1$s (
        transaction_id xid8 not null default pg_current_xact_id(),
        key text[] not null,
        attributes text[],
        position bigint);
      create index on %1$s (transaction_id);
      create constraint trigger %2$s after insert on %1$s deferrable initially deferred
        for each row when (new.position is not null) execute function palimpsest.%3$s();
      comment on column %1$s.attributes is 'Attributes whose columns changed; null: the row came or went';
      comment on column %1$s.position is
        'On the first of a transaction: no event of it that accounts for a change has a lower one'
      """;

  String name() {
    return "palimpsest." + unqualified();
  }

  String unqualified() {
    return "guard_touch_" + GuardFunction.digest(family);
  }

  /** Returns the name of the function that settles them. */
  String settle() {
    return TRIGGER + "_" + GuardFunction.digest(family);
  }

  /** In place of one that is there. */
  List<String> create() {
    return List.of(
        "drop table if exists " + name(),
        definition(),
        "comment on table %s is %s".formatted(name(), literal(fingerprint())));
  }

  static String drop(String unqualified) {
    return "drop table palimpsest." + unqualified;
  }

  /** What the database says of it when it is as it should be. */
  String fingerprint() {
    return "Touched objects of %s in running transactions, palimpsest guard %s"
        .formatted(family, GuardFunction.digest(definition()));
  }

  private String definition() {
    return CREATE.formatted(name(), TRIGGER, settle());
  }
}
