package io.github.palimpsest.capture;

import io.github.palimpsest.testing.TestUnit;
import jakarta.persistence.EntityManager;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Changes, adds and removes paintings, one in each transaction.
 *
 * @param objects how many there are, numbered from 0
 * @param id format of an id's number
 */
record PaintingWriter(TestUnit unit, int objects, String id) {
  /**
   * Goes on until it is over; with paintings of one parity only, to know what is there.
   *
   * @return how many transactions it committed
   */
  int write(AtomicBoolean isOver, int parity) {
    Random random = new Random(parity);
    int commits = 0;
    while (!isOver.get()) {
      int number = random.nextInt(objects / 2) * 2 + parity;
      int choice = random.nextInt(10);
      unit.commit(em -> change(em, id.formatted(number), choice, random.nextInt()));
      commits++;
    }
    return commits;
  }

  private static void change(EntityManager em, String id, int choice, int value) {
    Painting painting = em.find(Painting.class, id);
    if (painting == null) {
      em.persist(new Painting(id));
    } else if (choice == 0) {
      em.remove(painting);
    } else if (choice < 5) {
      // without a version only the table of owners changes, not the painting's row
      painting.owners.add("owner" + value);
    } else {
      painting.number = value;
      painting.titles.put("en", "title" + value);
    }
  }
}
