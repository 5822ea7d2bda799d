package io.github.palimpsest;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.palimpsest.rest.RoleChecked;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;

/** Holds the arrows: data flows one way, and the library knows nothing of the bank. */
@AnalyzeClasses(
    packages = "io.github.palimpsest",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.github.palimpsest";

  @ArchTest
  static final ArchRule packages_are_free_of_cycles =
      slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  @ArchTest static final ArchRule events_know_nothing_of_ours = knowsOnly("event");

  @ArchTest
  static final ArchRule states_know_events_and_annotations = knowsOnly("state", "", "event");

  @ArchTest
  static final ArchRule capture_knows_states_and_events =
      knowsOnly("capture", "", "event", "state");

  @ArchTest
  static final ArchRule rebuild_knows_states_and_events =
      knowsOnly("rebuild", "", "event", "state");

  @ArchTest
  static final ArchRule snapshots_are_rebuilt =
      knowsOnly("snapshot", "", "event", "state", "rebuild");

  @ArchTest
  static final ArchRule restore_changes_entities_through_capture =
      knowsOnly("restore", "", "event", "state", "rebuild", "capture");

  @ArchTest
  static final ArchRule providers_answer_for_states_capture_and_restore =
      knowsOnly("provider", "event", "state", "capture", "restore");

  @ArchTest
  static final ArchRule the_guard_compares_rows_with_rebuilt_states =
      knowsOnly("guard", "", "event", "state", "rebuild");

  @ArchTest
  static final ArchRule the_public_api_knows_only_events =
      noClasses()
          .that()
          .resideInAPackage(ROOT)
          .should()
          .dependOnClassesThat(
              resideInAPackage(ROOT + ".*..").and(resideOutsideOfPackage(ROOT + ".event..")));

  @ArchTest
  static final ArchRule nobody_uses_the_bank =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".bank..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".bank..");

  @ArchTest
  static final ArchRule only_its_adapters_and_their_list_use_eclipselink =
      noClasses()
          .that()
          .resideOutsideOfPackages("..eclipselink..", ROOT + ".provider")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.eclipse.persistence..", ROOT + ".*.eclipselink..");

  @ArchTest
  static final ArchRule only_its_adapters_use_hibernate =
      noClasses()
          .that()
          .resideOutsideOfPackage("..hibernate..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.hibernate..", ROOT + ".*.hibernate..");

  @ArchTest
  static final ArchRule resources_ask_for_roles =
      classes()
          .that()
          .areAnnotatedWith(Path.class)
          .should()
          .beAnnotatedWith(RolesAllowed.class)
          .andShould()
          .beAnnotatedWith(RoleChecked.class);

  @ArchTest
  static final ArchRule names_say_what_classes_do =
      noClasses()
          .should()
          .haveNameMatching(".*(Impl|Service|Manager|Helper|Util|Utils|Base|Data|Info)");

  @ArchTest
  static final ArchRule exceptions_of_the_api_are_history_exceptions =
      classes()
          .that()
          .resideInAPackage(ROOT)
          .and()
          .areAssignableTo(Exception.class)
          .should()
          .beAssignableTo(HistoryException.class);

  private static ArchRule knowsOnly(String name, String... others) {
    var allowed =
        resideOutsideOfPackage(ROOT + "..").or(resideInAPackage(ROOT + "." + name + ".."));
    for (String other : others) {
      allowed = allowed.or(resideInAPackage(other.isEmpty() ? ROOT : ROOT + "." + other + ".."));
    }
    return classes()
        .that()
        .resideInAPackage(ROOT + "." + name + "..")
        .should()
        .onlyDependOnClassesThat(allowed);
  }
}
