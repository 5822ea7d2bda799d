package io.github.palimpsest.restore;

/** What draws the ids of an entity class; equal if it is the same. */
public interface IdSource {
  /** Sees to it that ids drawn from now on are greater. */
  void moveBeyond(long id, Generators generators);
}
