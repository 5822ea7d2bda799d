package io.github.palimpsest.it.note;

import io.github.palimpsest.AuditContext;
import io.github.palimpsest.Change;
import io.github.palimpsest.History;
import io.github.palimpsest.ObjectHistory;
import io.github.palimpsest.Projection;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonNumber;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.persistence.sessions.UnitOfWork;

/** The Java API of history, one call each, answers as text. */
@Path("past/{id}")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class PastResource {
  private static final Projection<BigDecimal> SUM =
      new Projection<>(
          BigDecimal.ZERO,
          (sum, event) ->
              event.body().get("points") instanceof JsonNumber points
                  ? sum.add(points.bigDecimalValue())
                  : sum);

  @Inject History history;
  @Inject Notes notes;

  @PersistenceContext(unitName = "bank")
  EntityManager entities;

  @PathParam("id")
  long id;

  @QueryParam("at")
  String at = "";

  /** Called by the container. */
  public PastResource() {}

  /** Returns its text at an instant. */
  @GET
  public String text() {
    return note().at(Instant.parse(at)).map(Note::text).orElse("absent");
  }

  /** Returns the texts of all notes at an instant. */
  @GET
  @Path("all")
  public String all() {
    return history.of(Note.class).at(Instant.parse(at)).stream()
        .map(Note::text)
        .collect(Collectors.joining(","));
  }

  /** Returns the texts that are like one, of all notes at an instant, newest note first. */
  @GET
  @Path("like")
  public String like(@QueryParam("text") String text) {
    return history
        .of(Note.class)
        .at(Instant.parse(at))
        .where("text")
        .like(text)
        .orderByDescending("id")
        .stream()
        .map(Note::text)
        .collect(Collectors.joining(","));
  }

  /** Returns, by way of its first reply, its text and its replies' at an instant. */
  @GET
  @Path("replies")
  public String replies() {
    Reply first =
        history.asOf(Instant.parse(at)).find(Note.class, id).orElseThrow().replies().get(0);
    return first.note().replies().stream()
        .map(each -> each.note().text() + "/" + each.text())
        .collect(Collectors.joining(","));
  }

  /** Replies to it, twice. */
  @POST
  @Path("replies")
  @Transactional
  public void reply() {
    Note note = entities.find(Note.class, id);
    entities.persist(new Reply(id * 10, "second", note));
    entities.persist(new Reply(id * 10 + 1, "first", note));
  }

  /** Takes its replies back. */
  @DELETE
  @Path("replies")
  @Transactional
  public void withdraw() {
    entities.remove(entities.find(Reply.class, id * 10));
    entities.remove(entities.find(Reply.class, id * 10 + 1));
  }

  /** Returns every text it had, with the operation that gave it. */
  @GET
  @Path("texts")
  public String texts() {
    return note().attribute("text").stream()
        .map(each -> each.value() + "/" + each.event().operation().text())
        .collect(Collectors.joining(","));
  }

  /** Returns how many of its scores were at least so high. */
  @GET
  @Path("scores")
  public String scores(@QueryParam("points") int points) {
    return String.valueOf(
        history.events().of(Note.class, id).where("points").atLeast(points).count());
  }

  /** Returns what changed from an instant to another. */
  @GET
  @Path("diff")
  public String diff(@QueryParam("to") String to) {
    return note().diff(Instant.parse(at), Instant.parse(to)).stream()
        .map(PastResource::text)
        .collect(Collectors.joining(","));
  }

  /** Returns the operations of its events, and the names of domain events. */
  @GET
  @Path("events")
  public String events() {
    return note().events().stream()
        .map(each -> each.event().operation().text() + "/" + each.event().name())
        .collect(Collectors.joining(","));
  }

  /** Returns the sum of its points. */
  @GET
  @Path("sum")
  public String sum() {
    return note().project(SUM, Instant.parse(at)).toPlainString();
  }

  /** Gives it points. */
  @POST
  @Path("points")
  @Transactional
  public void points(@QueryParam("points") int points) {
    note().append("scored", Map.of("points", points));
  }

  /** Gives it points without a transaction. */
  @POST
  @Path("points-without-transaction")
  public void pointsWithoutTransaction() {
    note().append("scored", Map.of("points", 1));
  }

  /** Restores it. */
  @POST
  @Path("restore")
  public String restore() {
    return note().restore(Instant.parse(at), "by the Java API").changes().stream()
        .map(PastResource::text)
        .collect(Collectors.joining(","));
  }

  /** Writes as somebody else and for a reason of its own. */
  @POST
  @Path("as-job")
  public void asJob(@QueryParam("text") String text) throws Exception {
    AuditContext.call(
        "nightly job",
        "tidying",
        () -> {
          notes.writeAtOnce(id, List.of(text));
          return true;
        });
  }

  /** Writes without leaving a trace of what. */
  @POST
  @Path("without-capture")
  public void withoutCapture(@QueryParam("text") String text) throws Exception {
    AuditContext.withoutCapture(
        "repair of note " + id,
        () -> {
          notes.writeAtOnce(id, List.of(text));
          return true;
        });
  }

  /** Tells the reason in the midst of the work. */
  @POST
  @Path("reason")
  @Transactional
  public void reason(@QueryParam("text") String text) {
    AuditContext.reason("told by the work itself");
    entities.find(Note.class, id).write(text);
  }

  /** Begins EclipseLink's own transaction twice, so that it tells nobody of its commit. */
  @POST
  @Path("begun-twice")
  @Transactional
  public void beginTwice(@QueryParam("text") String text) {
    UnitOfWork unitOfWork = entities.unwrap(UnitOfWork.class);
    unitOfWork.beginEarlyTransaction();
    unitOfWork.beginEarlyTransaction();
    entities.find(Note.class, id).write(text);
  }

  private ObjectHistory<Note> note() {
    return history.of(Note.class, id);
  }

  private static String text(Change change) {
    return change.attribute() + ":" + change.before() + ">" + change.after();
  }
}
