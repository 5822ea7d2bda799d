package io.github.palimpsest.it.country;

import io.github.palimpsest.Audited;
import jakarta.json.JsonObject;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OrderColumn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A country; its attributes are changed in all the ways applications do it. */
@Entity
@Audited
class Country {
  @Id private String cca3;
  private @Nullable String cca2;
  private @Nullable String ccn3;
  @Embedded private @Nullable CountryName name;

  @ElementCollection
  @CollectionTable(name = "country_capital", joinColumns = @JoinColumn(name = "cca3"))
  @Column(name = "capital")
  @OrderColumn(name = "position")
  private List<String> capital = new ArrayList<>();

  private @Nullable String region;
  private @Nullable String subregion;
  private @Nullable BigDecimal area;
  private @Nullable Boolean landlocked;
  private @Nullable Boolean independent;
  private @Nullable String demonym;

  @ElementCollection
  @CollectionTable(name = "country_border", joinColumns = @JoinColumn(name = "cca3"))
  @Column(name = "border")
  @OrderColumn(name = "position")
  private List<String> borders = new ArrayList<>();

  @ElementCollection
  @CollectionTable(name = "country_tld", joinColumns = @JoinColumn(name = "cca3"))
  @Column(name = "tld")
  @OrderColumn(name = "position")
  private List<String> tld = new ArrayList<>();

  @ElementCollection
  @CollectionTable(name = "country_calling_code", joinColumns = @JoinColumn(name = "cca3"))
  @Column(name = "calling_code")
  @OrderColumn(name = "position")
  private List<String> callingCodes = new ArrayList<>();

  @ElementCollection
  @CollectionTable(name = "country_currency", joinColumns = @JoinColumn(name = "cca3"))
  @Column(name = "currency")
  @OrderColumn(name = "position")
  private List<String> currencies = new ArrayList<>();

  @ElementCollection
  @CollectionTable(name = "country_language", joinColumns = @JoinColumn(name = "cca3"))
  @MapKeyColumn(name = "code")
  @Column(name = "name")
  private Map<String, String> languages = new HashMap<>();

  @ElementCollection
  @CollectionTable(name = "country_translation", joinColumns = @JoinColumn(name = "cca3"))
  @MapKeyColumn(name = "code")
  @Column(name = "name")
  private Map<String, String> translations = new HashMap<>();

  @Embedded private @Nullable Position position;

  @SuppressWarnings("NullAway.Init") // Jakarta Persistence fills the fields
  protected Country() {}

  Country(String cca3) {
    this.cca3 = cca3;
  }

  /** Sets every attribute, whether or not it differs. */
  void become(JsonObject state) {
    cca2 = States.text(state, "cca2");
    ccn3 = States.text(state, "ccn3");
    region = States.text(state, "region");
    subregion = States.text(state, "subregion");
    demonym = States.text(state, "demonym");
    area = States.decimal(state, "area");
    landlocked = States.flag(state, "landlocked");
    independent = States.flag(state, "independent");
    become(state.getJsonObject("name"), States.object(state, "position"));
    refill(capital, States.texts(state, "capital"));
    refill(tld, States.texts(state, "tld"));
    refill(currencies, States.texts(state, "currencies"));
    borders = States.texts(state, "borders");
    callingCodes = States.texts(state, "callingCodes");
    languages.clear();
    languages.putAll(States.names(state, "languages"));
    translations = States.names(state, "translations");
  }

  /** One embeddable is changed in place, the other replaced. */
  private void become(JsonObject newName, @Nullable JsonObject newPosition) {
    String common = States.text(newName, "common");
    String official = States.text(newName, "official");
    if (name == null) {
      name = new CountryName(common, official);
    } else {
      name.become(common, official);
    }
    position =
        newPosition == null
            ? null
            : new Position(States.decimal(newPosition, "lat"), States.decimal(newPosition, "lng"));
  }

  private static void refill(List<String> live, List<String> wanted) {
    live.clear();
    live.addAll(wanted);
  }

  /** Returns the state in the form that {@link #become} reads. */
  JsonObject state() {
    return States.object(
        States.member("cca3", cca3),
        States.member("cca2", cca2),
        States.member("ccn3", ccn3),
        States.member(
            "name",
            name == null
                ? null
                : States.object(
                    States.member("common", name.common()),
                    States.member("official", name.official()))),
        States.member("capital", capital),
        States.member("region", region),
        States.member("subregion", subregion),
        States.member("area", area),
        States.member("landlocked", landlocked),
        States.member("independent", independent),
        States.member("demonym", demonym),
        States.member("borders", borders),
        States.member("tld", tld),
        States.member("callingCodes", callingCodes),
        States.member("currencies", currencies),
        States.member("languages", languages),
        States.member("translations", translations),
        States.member(
            "position",
            position == null
                ? null
                : States.object(
                    States.member("lat", position.lat()), States.member("lng", position.lng()))));
  }
}
