package criticalwindows.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BatchesTest {
  @Test
  void theWorkBeginsBeforeAllIsRead() {
    CountDownLatch worked = new CountDownLatch(1);
    Batches<String> batches =
        Batches.of(
            taker -> {
              taker.accept(List.of("a", "b"));
              await(worked);
              taker.accept(List.of("c"));
            });
    List<String> seen = new ArrayList<>();
    batches.forEach(
        each -> {
          seen.add(each);
          worked.countDown();
        });
    assertThat(seen).containsExactly("a", "b", "c");
  }

  @Test
  void theOneThatReadsDoesNotWait() {
    CountDownLatch read = new CountDownLatch(1);
    Batches<Integer> batches =
        Batches.of(
            taker -> {
              for (int i = 0; i < 1000; i++) {
                taker.accept(List.of(i));
              }
              read.countDown();
            });
    await(read);
    List<Integer> seen = new ArrayList<>();
    batches.forEach(seen::add);
    assertThat(seen).hasSize(1000).isSorted();
  }

  @Test
  void whatIsReadNextIsReadAfterwards() {
    List<String> read = new ArrayList<>();
    CountDownLatch begun = new CountDownLatch(1);
    Batches<String> first =
        Batches.of(
            taker -> {
              await(begun);
              hand(taker, read, "first");
            });
    Batches<String> second = first.then(taker -> hand(taker, read, "second"));
    begun.countDown();
    List<String> seen = new ArrayList<>();
    first.forEach(seen::add);
    second.forEach(seen::add);
    assertThat(read).containsExactly("first", "second");
    assertThat(seen).containsExactly("first", "second");
  }

  @Test
  void aFailureComesAfterWhatWasRead() {
    Batches<String> batches =
        Batches.of(
            taker -> {
              taker.accept(List.of("a"));
              throw new IllegalStateException("a torn file");
            });
    List<String> seen = new ArrayList<>();
    assertThatThrownBy(() -> batches.forEach(seen::add))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a torn file");
    assertThat(seen).containsExactly("a");
  }

  private static void hand(Consumer<List<String>> taker, List<String> read, String name) {
    read.add(name);
    taker.accept(List.of(name));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
