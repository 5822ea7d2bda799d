package io.github.palimpsest.capture;

import io.github.palimpsest.Audited;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Temporal;
import jakarta.persistence.TemporalType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One attribute of every kind that is captured. */
@Entity
@Audited
@SuppressWarnings("JavaUtilDate") // a kind of attribute under test
class Painting {
  enum Technique {
    OIL,
    TEMPERA
  }

  @Converter
  public static class Seconds implements AttributeConverter<Duration, Long> {
    @Override
    public @Nullable Long convertToDatabaseColumn(@Nullable Duration duration) {
      return duration == null ? null : duration.toSeconds();
    }

    @Override
    public @Nullable Duration convertToEntityAttribute(@Nullable Long seconds) {
      return seconds == null ? null : Duration.ofSeconds(seconds);
    }
  }

  @Id @Nullable String id;
  @Nullable String title;
  int number;
  @Nullable Boolean restored;
  double weight;

  @Column(precision = 19, scale = 6)
  @Nullable BigDecimal price;

  /**
   * Never null in the tests: EclipseLink 4.0.9 binds a null UUID as text, which PostgreSQL refuses.
   */
  @Nullable UUID code = new UUID(0, 0);

  @Nullable LocalDate painted;
  @Nullable LocalTime opens;
  @Nullable LocalDateTime hung;
  @Nullable Instant scanned;

  @Temporal(TemporalType.DATE)
  @Nullable Date bought;

  @Enumerated(EnumType.ORDINAL)
  @Nullable Technique technique;

  @Convert(converter = Seconds.class)
  @Nullable Duration visit;

  byte @Nullable [] thumbnail;
  @ManyToOne @Nullable Artist artist;

  @ElementCollection @OrderColumn List<String> owners = new ArrayList<>();

  @ElementCollection
  @Enumerated(EnumType.STRING)
  Set<Technique> layers = new HashSet<>();

  @ElementCollection Map<String, String> titles = new HashMap<>();
  @ElementCollection List<Label> labels = new ArrayList<>();
  @OneToMany List<Ticket> tickets = new ArrayList<>();

  Painting() {}

  Painting(String id) {
    this.id = id;
  }
}
