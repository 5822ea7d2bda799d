package io.github.palimpsest.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class JobQueueTest {
  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final List<String> ran = new ArrayList<>();
  private final JobQueue queue = new JobQueue(threads::add, 2);

  @Test
  void only_so_many_run_and_the_others_wait_their_turn() {
    List.of("one", "two", "three", "four").forEach(this::submit);

    assertThat(threads).hasSize(2);
    threads.remove().run();
    assertThat(ran).containsExactly("one", "two", "three", "four");
    submit("five");
    assertThat(threads).hasSize(2);
    while (!threads.isEmpty()) {
      threads.remove().run();
    }
    assertThat(ran).endsWith("five");
  }

  @Test
  void one_that_fails_leaves_its_place_too() {
    queue.execute(
        () -> {
          throw new IllegalStateException("failed");
        });
    submit("two");
    submit("three");

    assertThatThrownBy(() -> threads.remove().run()).hasMessage("failed");

    assertThat(threads).hasSize(2);
  }

  @Test
  void one_that_is_refused_takes_no_place() {
    List<Runnable> taken = new ArrayList<>();
    JobQueue full =
        new JobQueue(
            job -> {
              if (taken.isEmpty()) {
                taken.add(job);
                throw new RejectedExecutionException("no more");
              }
              taken.add(job);
            },
            1);

    assertThatThrownBy(() -> full.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    full.execute(() -> {});

    assertThat(taken).hasSize(2);
  }

  private void submit(String name) {
    queue.execute(() -> ran.add(name));
  }
}
