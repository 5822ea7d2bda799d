package io.github.palimpsest.it.note;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** One call of {@link Notes} each. */
@Path("{id}")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class NoteResource {
  @Inject Notes notes;

  @PathParam("id")
  long id;

  @QueryParam("text")
  List<String> texts = List.of();

  /** Called by the container. */
  public NoteResource() {}

  /** Returns its text. */
  @GET
  public String get() {
    return notes.text(id);
  }

  /** Creates it. */
  @POST
  public void create() {
    notes.create(id, texts.get(0));
  }

  /** Writes, flushes, fails. */
  @POST
  @Path("fail")
  public void fail() {
    notes.fail(id, texts.get(0));
  }

  /** Writes and flushes each text. */
  @POST
  @Path("flushes")
  public void write() {
    notes.write(id, texts);
  }

  /** Writes each text without a flush. */
  @POST
  @Path("at-once")
  public void writeAtOnce() {
    notes.writeAtOnce(id, texts);
  }

  /** Creates and removes it, with a flush in between. */
  @POST
  @Path("flushed-and-removed")
  public void createFlushAndRemove() {
    notes.createAndRemove(id, true);
  }

  /** Creates and removes it. */
  @POST
  @Path("removed")
  public void createAndRemove() {
    notes.createAndRemove(id, false);
  }

  /** Writes, and appends an event that the database refuses at the commit. */
  @POST
  @Path("spoiled-at-commit")
  public void spoilAtCommit() {
    notes.appendWhatCannotBeStored(id, texts.get(0));
  }

  /** Writes, and appends an event that cannot be written as JSON. */
  @POST
  @Path("spoiled")
  public void spoil() {
    notes.appendWhatIsNoJson(id, texts.get(0));
  }
}
