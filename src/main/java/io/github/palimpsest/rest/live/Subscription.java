package io.github.palimpsest.rest.live;

import io.github.palimpsest.event.Event;
import io.github.palimpsest.event.EventCursor;
import io.github.palimpsest.event.EventQuery;
import io.github.palimpsest.rebuild.Rebuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reader's way through the feed: each event that its query has, once, in the order of the feed.
 * It never goes past a settled instant, since before that an event may still appear. Not safe for
 * threads.
 */
public final class Subscription {
  /** Most events of a page: what one client costs in memory. */
  static final int PAGE = 100;

  private final Rebuilder rebuilder;
  private final EventQuery query;
  private final @Nullable Instant end;
  private EventCursor reached;
  private boolean isBehind = true;

  /**
   * Begins.
   *
   * @param query oldest first; where it begins and how many it wants are not looked at
   * @param begin where to begin after
   * @param end the last instant that the query has, null if there is none
   */
  public Subscription(
      Rebuilder rebuilder, EventQuery query, EventCursor begin, @Nullable Instant end) {
    this.rebuilder = rebuilder;
    this.query = query;
    this.end = end;
    this.reached = begin;
  }

  /**
   * Returns the next events, a page at most; none if there are none yet.
   *
   * @param settled what {@link Rebuilder#settled} returned
   */
  List<Event> next(Instant settled) {
    List<Event> page = rebuilder.events(query.after(reached).first(PAGE), settled);
    isBehind = page.size() == PAGE;
    if (isBehind) {
      reached = EventCursor.of(page.get(PAGE - 1));
    } else if (!settled.isBefore(reached.timeCreated())) {
      reached = EventCursor.endOf(settled);
    }
    return page;
  }

  /** Returns the place after which the next events are, for whoever goes on from here. */
  EventCursor reached() {
    return reached;
  }

  /** Returns whether more events are there already. */
  boolean isBehind() {
    return isBehind;
  }

  /** Returns whether nothing can follow after that instant, whatever was read; for any thread. */
  boolean endsBefore(Instant settled) {
    return end != null && end.isBefore(settled);
  }

  /** Returns whether nothing can follow any more. */
  public boolean isFinished() {
    return end != null && reached.timeCreated().isAfter(end);
  }
}
