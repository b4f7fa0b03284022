package criticalwindows.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class UninterruptedTest {
  @Test
  void theWorkDoesNotSeeTheInterruptAndTheCallerKeepsIt() {
    AtomicBoolean seen = new AtomicBoolean(true);
    Thread.currentThread().interrupt();
    Uninterrupted.run(() -> seen.set(Thread.currentThread().isInterrupted()));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(seen).isFalse();
  }

  @Test
  void givesWhatTheWorkGives() {
    assertThat(Uninterrupted.call(() -> 7)).isEqualTo(7);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void throwsWhatTheWorkThrows() {
    IllegalStateException exception = new IllegalStateException("no");
    assertThatThrownBy(
            () ->
                Uninterrupted.run(
                    () -> {
                      throw exception;
                    }))
        .isSameAs(exception);
    AssertionError error = new AssertionError("worse");
    assertThatThrownBy(
            () ->
                Uninterrupted.run(
                    () -> {
                      throw error;
                    }))
        .isSameAs(error);
  }
}
