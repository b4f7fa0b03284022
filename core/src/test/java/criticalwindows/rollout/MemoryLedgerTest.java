package criticalwindows.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.dataset.Problem;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Tokens;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryLedgerTest {
  private final Problem problem = Problem.of("mine", "math", "What is 6 * 7?", List.of(), "42");
  private final MemoryLedger ledger = new MemoryLedger(List.of(problem));

  @Test
  void aWaveWithARowThatIsThereLeavesNothingBehind() {
    Sample old = row(Key.direct(problem.id()), 1);
    ledger.append(List.of(old));
    List<Sample> again = List.of(row(Key.early(problem.id(), 3), 2), old);
    assertThatThrownBy(() -> ledger.append(again)).hasMessageContaining("already in the ledger");
    assertThat(ledger.samples(problem.id())).containsExactly(old);
    assertThat(ledger.lastWave()).isEqualTo(1);
  }

  private static Sample row(Key key, int wave) {
    return new Sample(
        key,
        Sample.Turn.ANSWER,
        Tokens.of(7),
        "B",
        List.of(),
        FinishReason.LENGTH,
        LogProbs.of(-1),
        1,
        "toy",
        wave,
        Duration.ZERO);
  }
}
