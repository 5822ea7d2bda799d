package io.github.palimpsest.it.note;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** Transactions that end in the ways of enterprise beans. */
@Path("traps/{id}")
@RequestScoped
public class TrapResource {
  @EJB Traps traps;
  @EJB OwnTransactions own;
  @Inject Draft draft;

  @PathParam("id")
  long id;

  /** Called by the container. */
  public TrapResource() {}

  /** Writes the note around another transaction that writes the next one. */
  @POST
  @Path("around")
  public void around(@QueryParam("inside") boolean inside, @QueryParam("outside") boolean outside) {
    traps.writeAround(id, "text", inside, outside);
  }

  /** Writes in a transaction that is marked for rollback. */
  @POST
  @Path("marked")
  public void marked() {
    traps.writeAndMark(id, "marked");
  }

  /** Commits, rolls back, and commits by hand. */
  @POST
  @Path("by-hand")
  public void byHand() throws Exception {
    own.write(id, List.of("first by hand", "rolled back", "third by hand"));
  }

  /** Writes in a conversation; saves twice. */
  @POST
  @Path("conversation")
  public void converse() {
    draft.write(id, "drafted");
    draft.save();
    draft.write(id, "redrafted");
    draft.write(id, "redrafted again");
    draft.save();
  }
}
