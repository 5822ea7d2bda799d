package io.github.palimpsest.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.palimpsest.Audited;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditedEntitiesTest {
  private static final Map<Class<?>, String> ENTITIES =
      Map.of(
          Account.class, "Account",
          Saving.class, "Saving",
          Animal.class, "Beast",
          Cat.class, "Cat");

  @Test
  void without_a_list_the_annotation_decides_also_for_what_extends_the_class() {
    assertThat(audited(Map.of())).containsExactlyInAnyOrder(Account.class, Saving.class);
  }

  @Test
  void a_list_adds_by_entity_name_or_class_name_with_what_extends_the_class() {
    assertThat(audited(Map.of("palimpsest.entities", "Cat")))
        .containsExactlyInAnyOrder(Account.class, Saving.class, Cat.class);
    assertThat(audited(Map.of("palimpsest.entities", " Beast , Cat")))
        .containsExactlyInAnyOrder(Account.class, Saving.class, Animal.class, Cat.class);
    assertThat(audited(Map.of("palimpsest.entities", Animal.class.getName())))
        .containsExactlyInAnyOrder(Account.class, Saving.class, Animal.class, Cat.class);
    assertThat(audited(Map.of("palimpsest.entities", Living.class.getName())))
        .contains(Animal.class, Cat.class);
  }

  @Test
  void all_means_all_but_the_excluded_and_what_extends_them() {
    assertThat(audited(Map.of("palimpsest.entities", "all"))).isEqualTo(ENTITIES.keySet());
    assertThat(audited(Map.of("palimpsest.entities", "all", "palimpsest.entities.exclude", "Cat")))
        .containsExactlyInAnyOrder(Account.class, Saving.class, Animal.class);
    assertThat(
            audited(Map.of("palimpsest.entities", "all", "palimpsest.entities.exclude", "Beast")))
        .containsExactlyInAnyOrder(Account.class, Saving.class);
  }

  @Test
  void what_is_excluded_is_not_audited_though_annotated() {
    assertThat(audited(Map.of("palimpsest.entities.exclude", "Saving")))
        .containsExactly(Account.class);
  }

  @Test
  void a_name_that_no_entity_has_is_refused() {
    assertThatThrownBy(() -> audited(Map.of("palimpsest.entities", "Cat,Dog,Acount")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "palimpsest.entities or palimpsest.entities.exclude names Acount, Dog, but the entities"
                + " are Account, Beast, Cat, Saving");
    assertThatThrownBy(() -> audited(Map.of("palimpsest.entities.exclude", "Dog")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Set<Class<?>> audited(Map<String, String> properties) {
    return AuditedEntities.among(ENTITIES, properties::get);
  }

  @Audited
  private static class Account {}

  private static final class Saving extends Account {}

  private static class Living {}

  private static class Animal extends Living {}

  private static final class Cat extends Animal {}
}
