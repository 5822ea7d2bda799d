package io.github.palimpsest.masked;

import io.github.palimpsest.Audited;
import io.github.palimpsest.Masked;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OrderColumn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Has masked attributes of every kind. */
@Entity
@Audited
class Card {
  @Id long id;
  @Nullable String holder;
  @Masked @Nullable String number;

  @Masked
  @Column(precision = 12, scale = 4)
  @Nullable BigDecimal ceiling;

  @Masked @ManyToOne @Nullable Card parent;
  @Embedded @Nullable Contact contact;

  @Masked @ElementCollection @OrderColumn List<String> notes = new ArrayList<>();
  @Masked @ElementCollection Set<String> tags = new HashSet<>();
  @Masked @ElementCollection Map<String, String> answers = new HashMap<>();
  @ElementCollection List<Contact> others = new ArrayList<>();

  Card() {}

  Card(long id) {
    this.id = id;
  }
}
