package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import io.github.palimpsest.testing.JpaProvider;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Temporal;
import jakarta.persistence.TemporalType;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.function.BiConsumer;

/** Types of time. */
@SuppressWarnings("JavaUtilDate") // kinds under test
public final class Times implements Kinds {
  @Entity(name = "Moments")
  @Audited
  static class Moments {
    @Id Integer id;
    LocalDate localDay;
    LocalTime clock;
    LocalDateTime dayAndTime;
    OffsetTime clockAbroad;
    OffsetDateTime offsetDateTime;
    Instant instant;
    Year inYear;

    @Temporal(TemporalType.DATE)
    Date dateOfDay;

    @Temporal(TemporalType.TIME)
    Date timeOfDay;

    @Temporal(TemporalType.TIMESTAMP)
    Date moment;

    @Temporal(TemporalType.DATE)
    Calendar calendarDay;

    @Temporal(TemporalType.TIME)
    Calendar calendarTime;

    @Temporal(TemporalType.TIMESTAMP)
    Calendar calendar;

    java.sql.Date sqlDate;
    Time sqlTime;
    Timestamp sqlTimestamp;

    private static final String NO_OFFSET =
        "EclipseLink stores its local time, in a column without offset (OffsetTime in DatabasePlatform), and reads it with the JVM's";

    static List<Kind<?>> kinds() {
      return List.of(
          kind(
              "LocalDate",
              "localDay",
              (e, it) -> e.localDay = it,
              LocalDate.parse("1503-01-01"),
              "\"1503-01-01\"",
              LocalDate.parse("9999-12-31"),
              "\"9999-12-31\""),
          kind(
              "LocalTime",
              "clock",
              (e, it) -> e.clock = it,
              LocalTime.parse("08:30"),
              "\"08:30:00.000000\"",
              LocalTime.parse("23:59:59"),
              "\"23:59:59.000000\""),
          kind(
              "LocalDateTime",
              "dayAndTime",
              (e, it) -> e.dayAndTime = it,
              LocalDateTime.parse("2020-03-29T02:30:00.123456789"),
              "\"2020-03-29T02:30:00.123457\"",
              LocalDateTime.parse("0001-01-01T00:00"),
              "\"0001-01-01T00:00:00.000000\""),
          Kind.of(
                  "OffsetTime",
                  Moments.class,
                  (em, n) -> {
                    Moments made = new Moments();
                    made.id = n;
                    made.clockAbroad = OffsetTime.parse("08:30:00Z");
                    return made;
                  },
                  "{\"clockAbroad\":\"08:30:00.000000Z\"}")
              .on(
                  JpaProvider.ECLIPSELINK,
                  NO_OFFSET,
                  "persist Moments/$n {\"clockAbroad\":\"08:30:00.000000\"}")
              .change(
                  "another offset",
                  e -> e.clockAbroad = OffsetTime.parse("10:00:00+01:30"),
                  "{\"clockAbroad\":\"08:30:00.000000Z\"}")
              .on(
                  JpaProvider.ECLIPSELINK,
                  NO_OFFSET,
                  "update Moments/$n {\"clockAbroad\":\"10:00:00.000000\"}")
              .on(
                  JpaProvider.HIBERNATE,
                  "Hibernate stores it in UTC: the same moment of the day, so nothing is new (TimeZoneStorageType.DEFAULT does not promise to preserve the offset)")
              .change(
                  "another value",
                  e -> e.clockAbroad = OffsetTime.parse("10:30:00+02:30"),
                  "{\"clockAbroad\":\"08:00:00.000000Z\"}")
              .on(
                  JpaProvider.ECLIPSELINK,
                  NO_OFFSET,
                  "update Moments/$n {\"clockAbroad\":\"10:30:00.000000\"}")
              .change("to null", e -> e.clockAbroad = null, "{\"clockAbroad\":null}"),
          kind(
              "OffsetDateTime",
              "offsetDateTime",
              (e, it) -> e.offsetDateTime = it,
              OffsetDateTime.parse("2020-01-01T12:00:00.000001Z"),
              "\"2020-01-01T12:00:00.000001Z\"",
              OffsetDateTime.parse("2020-01-01T12:00:00+05:30"),
              "\"2020-01-01T06:30:00.000000Z\""),
          kind(
                  "Instant",
                  "instant",
                  (e, it) -> e.instant = it,
                  Instant.parse("2021-01-01T00:00:00.000001Z"),
                  "\"2021-01-01T00:00:00.000001Z\"",
                  Instant.parse("1969-12-31T23:59:59.999999Z"),
                  "\"1969-12-31T23:59:59.999999Z\"")
              .change(
                  "nanoseconds",
                  e -> e.instant = Instant.parse("2021-01-01T00:00:00.000001900Z"),
                  "{\"instant\":\"2021-01-01T00:00:00.000002Z\"}")
              .on(
                  JpaProvider.ECLIPSELINK,
                  "EclipseLink stores the Java serialization (Jakarta Persistence 3.1 §2.8), so nanoseconds are kept",
                  "update Moments/$n {\"instant\":\"2021-01-01T00:00:00.0000019Z\"}"),
          kind(
              "Year",
              "inYear",
              (e, it) -> e.inYear = it,
              Year.of(2020),
              "2020",
              Year.of(-44),
              "-44"),
          kind(
              "java.util.Date as DATE",
              "dateOfDay",
              (e, it) -> e.dateOfDay = it,
              new Date(java.sql.Date.valueOf("1999-12-31").getTime()),
              "\"1999-12-31\"",
              new Date(java.sql.Date.valueOf("2000-02-29").getTime()),
              "\"2000-02-29\""),
          kind(
              "java.util.Date as TIME",
              "timeOfDay",
              (e, it) -> e.timeOfDay = it,
              new Date(Time.valueOf("08:30:00").getTime()),
              "\"08:30:00.000000\"",
              new Date(Time.valueOf("23:59:59").getTime()),
              "\"23:59:59.000000\""),
          kind(
                  "java.util.Date as TIMESTAMP",
                  "moment",
                  (e, it) -> e.moment = it,
                  Date.from(Instant.parse("2021-01-01T00:00:00.123Z")),
                  "\"2021-01-01T00:00:00.123000Z\"",
                  Date.from(Instant.parse("1950-01-01T00:00:00Z")),
                  "\"1950-01-01T00:00:00.000000Z\"")
              .change(
                  "in place",
                  e -> e.moment.setTime(0),
                  "{\"moment\":\"1970-01-01T00:00:00.000000Z\"}")
              .on(
                  JpaProvider.ECLIPSELINK,
                  "EclipseLink does not look into a Date unless eclipselink.temporal.mutable is set: nothing is stored"),
          kind(
              "Calendar as DATE",
              "calendarDay",
              (e, it) -> e.calendarDay = it,
              day(1999, Calendar.DECEMBER, 31),
              "\"1999-12-31\"",
              day(2000, Calendar.FEBRUARY, 29),
              "\"2000-02-29\""),
          kind(
              "Calendar as TIME",
              "calendarTime",
              (e, it) -> e.calendarTime = it,
              time(8, 30),
              "\"08:30:00.000000\"",
              time(23, 59),
              "\"23:59:00.000000\""),
          kind(
              "Calendar as TIMESTAMP",
              "calendar",
              (e, it) -> e.calendar = it,
              calendar("2021-01-01T00:00:00.123Z"),
              "\"2021-01-01T00:00:00.123000Z\"",
              calendar("1950-01-01T00:00:00Z"),
              "\"1950-01-01T00:00:00.000000Z\""),
          kind(
              "java.sql.Date",
              "sqlDate",
              (e, it) -> e.sqlDate = it,
              java.sql.Date.valueOf("1999-12-31"),
              "\"1999-12-31\"",
              java.sql.Date.valueOf("2000-02-29"),
              "\"2000-02-29\""),
          kind(
              "java.sql.Time",
              "sqlTime",
              (e, it) -> e.sqlTime = it,
              Time.valueOf("08:30:00"),
              "\"08:30:00.000000\"",
              Time.valueOf("23:59:59"),
              "\"23:59:59.000000\""),
          kind(
              "java.sql.Timestamp",
              "sqlTimestamp",
              (e, it) -> e.sqlTimestamp = it,
              Timestamp.valueOf("2020-02-29 23:59:59.123456"),
              "\"2020-02-29T23:59:59.123456\"",
              Timestamp.valueOf("1950-01-01 00:00:00"),
              "\"1950-01-01T00:00:00.000000\""));
    }

    private static <T> Kind<Moments> kind(
        String name,
        String attribute,
        BiConsumer<Moments, T> set,
        T one,
        String json,
        T two,
        String other) {
      return Kind.of(
              name,
              Moments.class,
              (em, n) -> {
                Moments made = new Moments();
                made.id = n;
                set.accept(made, one);
                return made;
              },
              "{\"%s\":%s}".formatted(attribute, json))
          .change(
              "another value", e -> set.accept(e, two), "{\"%s\":%s}".formatted(attribute, other))
          .noChange("same value again", e -> set.accept(e, one))
          .change("to null", e -> set.accept(e, null), "{\"%s\":null}".formatted(attribute));
    }

    private static Calendar day(int year, int month, int day) {
      return new GregorianCalendar(year, month, day);
    }

    private static Calendar time(int hour, int minute) {
      return new GregorianCalendar(1970, Calendar.JANUARY, 1, hour, minute);
    }

    private static Calendar calendar(String instant) {
      Calendar calendar = Calendar.getInstance();
      calendar.setTimeInMillis(Instant.parse(instant).toEpochMilli());
      return calendar;
    }
  }

  @Entity(name = "ZonedMoment")
  @Audited
  static class ZonedMoment {
    @Id Integer id;
    ZonedDateTime at;

    static Kind<ZonedMoment> kind() {
      return Kind.of(
              "ZonedDateTime",
              ZonedMoment.class,
              (em, n) -> {
                ZonedMoment made = new ZonedMoment();
                made.id = n;
                made.at = ZonedDateTime.parse("2020-01-01T12:00:00Z");
                return made;
              },
              "{\"at\":\"2020-01-01T12:00:00.000000Z\"}")
          .change(
              "another value",
              e -> e.at = ZonedDateTime.parse("2020-07-01T12:00:00+02:00[Europe/Paris]"),
              "{\"at\":\"2020-07-01T10:00:00.000000Z\"}")
          .on(
              JpaProvider.ECLIPSELINK,
              "EclipseLink stores the Java serialization (Jakarta Persistence 3.1 §2.8), so the zone is kept",
              "update ZonedMoment/$n {\"at\":\"2020-07-01T12:00:00.000000+02:00[Europe/Paris]\"}")
          .noChange("same value again", e -> e.at = ZonedDateTime.parse("2020-01-01T12:00:00Z"))
          .change("to null", e -> e.at = null, "{\"at\":null}");
    }
  }

  @Override
  public String title() {
    return "Types of time";
  }

  @Override
  public List<Kind<?>> kinds() {
    return Kinds.list(Moments.kinds(), ZonedMoment.kind());
  }
}
