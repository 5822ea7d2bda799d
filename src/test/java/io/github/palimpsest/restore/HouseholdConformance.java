package io.github.palimpsest.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.palimpsest.Change;
import io.github.palimpsest.Conflict;
import io.github.palimpsest.Restoration;
import io.github.palimpsest.Restore;
import io.github.palimpsest.Restored;
import io.github.palimpsest.Undo;
import io.github.palimpsest.Undone;
import io.github.palimpsest.event.Bound;
import io.github.palimpsest.event.StreamId;
import io.github.palimpsest.rebuild.Rebuilder;
import io.github.palimpsest.restore.Household.Address;
import io.github.palimpsest.restore.Household.Citizen;
import io.github.palimpsest.restore.Household.Diary;
import io.github.palimpsest.restore.Household.Note;
import io.github.palimpsest.restore.Household.Passport;
import io.github.palimpsest.restore.Household.Pet;
import io.github.palimpsest.restore.Household.Phone;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestUnit;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What restore and undo make of objects that go with others, of the application's callbacks and of
 * what the same transaction did before, the same on every JPA provider.
 */
abstract class HouseholdConformance {
  private final JpaProvider provider;
  private TestUnit unit;
  private Rebuilder rebuilder;

  HouseholdConformance(JpaProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void open() {
    unit = Household.open(provider);
    rebuilder = unit.rebuilder();
  }

  @AfterEach
  void close() {
    unit.close();
  }

  @Test
  void what_was_created_with_its_parts_goes_with_them() {
    long transaction =
        commit(
            em -> {
              Citizen ada = new Citizen(1);
              ada.passport = new Passport(1, "A");
              ada.pets.add(new Pet(1, ada));
              em.persist(ada);
            });

    Undone dryRun = undo(transaction, Undo.because("r").dryRun());
    Undone undone = undo(transaction, Undo.because("r"));

    assertThat(told(undone.restoration()))
        .isEqualTo(told(dryRun.restoration()))
        .containsExactlyInAnyOrder("REMOVE Citizen/1", "REMOVE Passport/1", "REMOVE Pet/1");
    assertThat(undone.conflicts()).isEmpty();
    assertThat(count("citizen")).isZero();
    assertThat(count("passport")).isZero();
    assertThat(count("pet")).isZero();
  }

  @Test
  void a_part_that_was_replaced_comes_back_for_the_one_that_replaced_it() {
    commit(
        em -> {
          Citizen ada = new Citizen(1);
          ada.passport = new Passport(1, "A");
          em.persist(ada);
        });
    long transaction = commit(em -> citizen(em).passport = new Passport(2, "B"));
    assertThat(passports()).containsExactly("2 B");

    Undone dryRun = undo(transaction, Undo.because("r").dryRun());
    Undone undone = undo(transaction, Undo.because("r"));

    assertThat(passports()).containsExactly("1 A");
    assertThat(told(undone.restoration()))
        .isEqualTo(told(dryRun.restoration()))
        .containsExactlyInAnyOrder("PERSIST Passport/1", "UPDATE Citizen/1", "REMOVE Passport/2");
  }

  @Test
  void what_would_take_with_it_what_was_there_before_stays() {
    commit(em -> em.persist(new Address(7, "Turin")));
    long transaction =
        commit(
            em -> {
              Citizen ada = new Citizen(1);
              ada.home = em.find(Address.class, 7L);
              em.persist(ada);
            });

    for (Undo undo : List.of(Undo.because("r").dryRun(), Undo.because("r"))) {
      Undone undone = undo(transaction, undo);
      assertThat(undone.conflicts())
          .extracting(Conflict::detail)
          .containsExactly("Citizen/1 cannot be removed: Address/7 would be removed with it.");
      assertThat(undone.restoration().objects()).isEmpty();
    }
    assertThat(count("citizen")).isEqualTo(1);
    assertThat(count("address")).isEqualTo(1);
  }

  @Test
  void what_would_take_with_it_what_something_else_refers_to_stays() {
    long transaction =
        commit(
            em -> {
              Citizen ada = new Citizen(1);
              ada.home = new Address(7, "Turin");
              em.persist(ada);
            });
    commit(
        em -> {
          Citizen bob = new Citizen(2);
          bob.home = em.find(Address.class, 7L);
          em.persist(bob);
        });

    Undone undone = undo(transaction, Undo.because("r"));

    assertThat(undone.conflicts())
        .extracting(Conflict::detail)
        .contains(
            "Citizen/1 cannot be removed: Citizen/2 refers to Address/7, which would be removed"
                + " with it.");
    assertThat(count("citizen")).isEqualTo(2);
    assertThat(count("address")).isEqualTo(1);
  }

  @Test
  void what_is_not_audited_goes_with_its_owner_as_the_application_says() {
    long transaction =
        commit(
            em -> {
              Citizen ada = new Citizen(1);
              new Note(1, ada);
              em.persist(ada);
            });

    Undone undone = undo(transaction, Undo.because("r"));

    assertThat(told(undone.restoration())).containsExactly("REMOVE Citizen/1");
    assertThat(count("note")).isZero();
  }

  @Test
  void what_embeddables_refer_to_with_collections_stays() {
    long transaction = commit(em -> em.persist(new Phone(5)));
    commit(
        em -> {
          Citizen ada = new Citizen(1);
          ada.contact.phones.add(em.find(Phone.class, 5L));
          em.persist(ada);
        });

    assertThat(undo(transaction, Undo.because("r")).conflicts())
        .extracting(Conflict::detail)
        .containsExactly("Phone/5 cannot be removed: Citizen/1 refers to it.");
  }

  @Test
  void callbacks_do_not_make_an_object_that_comes_back_a_new_one() {
    Household.now = 1;
    commit(em -> em.persist(new Diary(1, "dear")));
    Instant then = lastTime();
    commit(em -> em.remove(diary(em)));
    Household.now = 9;

    Restored restored = restore("Diary/1", Restore.to(then, "r"));

    assertThat(unit.database().rows("select text, createdat, updatedat from diary"))
        .containsExactly("dear 1 1");
    assertThat(restored.notRestored()).isEmpty();
    assertThat(rebuilt("Diary/1"))
        .containsEntry("createdAt", Json.createValue(1))
        .containsEntry("updatedAt", Json.createValue(1));
  }

  @Test
  void what_callbacks_set_at_an_update_is_told() {
    Household.now = 1;
    commit(em -> em.persist(new Diary(1, "dear")));
    Instant then = lastTime();
    Household.now = 2;
    commit(em -> diary(em).text = "cheap");
    Household.now = 9;

    Restored restored = restore("Diary/1", Restore.to(then, "r"));

    assertThat(unit.database().rows("select text, createdat, updatedat from diary"))
        .containsExactly("dear 1 9");
    assertThat(restored.notRestored()).containsExactly("updatedAt");
    assertThat(restored.changes())
        .extracting(Change::attribute, change -> change.after().toString())
        .containsExactlyInAnyOrder(tuple("text", "\"dear\""), tuple("updatedAt", "9"));
  }

  @Test
  void two_undos_in_one_transaction_take_back_both() {
    commit(em -> em.persist(new Address(7, "Turin")));
    long first = commit(em -> address(em).city = "Rome");
    long second = commit(em -> address(em).city = "Bari");

    List<Undone> undone =
        unit.call(
            em -> {
              Restorer restorer = new Restorer(rebuilder, provider.live(em));
              return List.of(
                  restorer.undo(second, Undo.because("r")),
                  restorer.undo(first, Undo.because("r")));
            });

    assertThat(undone).allSatisfy(each -> assertThat(each.conflicts()).isEmpty());
    assertThat(unit.database().rows("select city from address")).containsExactly("Turin");
  }

  @Test
  void what_the_same_transaction_changed_before_is_a_conflict() {
    commit(em -> em.persist(new Address(7, "Turin")));
    long transaction = commit(em -> address(em).city = "Rome");

    Undone undone =
        unit.call(
            em -> {
              address(em).city = "Bari";
              return new Restorer(rebuilder, provider.live(em))
                  .undo(transaction, Undo.because("r"));
            });

    assertThat(undone.conflicts())
        .extracting(Conflict::detail)
        .containsExactly("city of Address/7 was changed again.");
    assertThat(unit.database().rows("select city from address")).containsExactly("Bari");
  }

  @Test
  void what_capture_did_not_see_is_a_conflict() {
    commit(em -> em.persist(new Address(7, "Turin")));
    long transaction = commit(em -> address(em).city = "Rome");
    unit.database().execute("update address set city = 'Bari'");

    assertThat(undo(transaction, Undo.because("r")).conflicts())
        .extracting(Conflict::attribute)
        .containsExactly("city");
    assertThat(unit.database().rows("select city from address")).containsExactly("Bari");
  }

  @Test
  void a_dry_run_leaves_the_reason_to_what_follows_it() {
    commit(em -> em.persist(new Address(7, "Turin")));
    Instant then = lastTime();
    commit(em -> address(em).city = "Rome");

    unit.commit(
        em -> {
          provider.record(em, changes -> changes.reason("moved"));
          restorer(em).restore(stream("Address/7"), Restore.to(then, "what if").dryRun(), any());
          address(em).city = "Bari";
        });

    assertThat(unit.database().rows("select reason from palimpsest.event order by id desc limit 1"))
        .containsExactly("moved");
  }

  @Test
  void inverse_sides_that_were_cached_are_read_anew() {
    commit(
        em -> {
          Citizen ada = new Citizen(1);
          em.persist(ada);
          em.persist(new Pet(1, ada));
        });
    Instant then = lastTime();
    commit(
        em -> {
          citizen(em).pets.clear();
          em.remove(em.find(Pet.class, 1L));
        });
    assertThat(pets()).isZero();

    restore("Pet/1", Restore.to(then, "r"));

    assertThat(pets()).isEqualTo(1);
  }

  private int pets() {
    return unit.call(em -> citizen(em).pets.size());
  }

  private Restored restore(String stream, Restore wanted) {
    return unit.call(em -> restorer(em).restore(stream(stream), wanted, any())).objects().get(0);
  }

  private Restorer restorer(EntityManager em) {
    return new Restorer(rebuilder, provider.live(em));
  }

  private static StreamId stream(String text) {
    String[] parts = text.split("/", 2);
    return new StreamId(parts[0], parts[1]);
  }

  private static OptionalLong any() {
    return OptionalLong.empty();
  }

  private Undone undo(long transaction, Undo undo) {
    return unit.call(em -> restorer(em).undo(transaction, undo));
  }

  private long commit(Consumer<EntityManager> work) {
    unit.commit(work);
    return Long.parseLong(last("transaction_id"));
  }

  private Instant lastTime() {
    return Instant.parse(
        last("to_char(time_created at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
  }

  private String last(String column) {
    return unit.database()
        .rows("select %s from palimpsest.event order by id desc limit 1".formatted(column))
        .get(0);
  }

  private Map<String, JsonValue> rebuilt(String stream) {
    StreamId id = stream(stream);
    return rebuilder.at(id.contentType(), List.of(id.objectId()), Bound.none()).get(0).attributes();
  }

  private long count(String table) {
    return Long.parseLong(unit.database().rows("select count(*) from " + table).get(0));
  }

  private List<String> passports() {
    return unit.database().rows("select id, number from passport order by id");
  }

  private static List<String> told(Restoration restoration) {
    return restoration.objects().stream()
        .map(each -> "%s %s/%s".formatted(each.operation(), each.contentType(), each.objectId()))
        .toList();
  }

  private static Citizen citizen(EntityManager em) {
    return Objects.requireNonNull(em.find(Citizen.class, 1L));
  }

  private static Address address(EntityManager em) {
    return Objects.requireNonNull(em.find(Address.class, 7L));
  }

  private static Diary diary(EntityManager em) {
    return Objects.requireNonNull(em.find(Diary.class, 1L));
  }
}
