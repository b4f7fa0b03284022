package criticalwindows.window;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.dataset.Problem;
import criticalwindows.outcome.Continued;
import criticalwindows.outcome.Outcome;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WindowFindingTest {
  private record Kind(String show) implements Outcome {
    @Override
    public boolean readable() {
      return true;
    }
  }

  private static final Kind YES = new Kind("yes");
  private static final Kind NO = new Kind("no");

  /// A table of all pairs of its 30,000 places would take 7 GB.
  @Test
  void everyTokenOfALongTextIsCut() {
    SortedMap<Integer, List<? extends Outcome>> byCut = new TreeMap<>();
    for (int kept = 0; kept < 30_000; kept++) {
      byCut.put(kept, Collections.nCopies(2, kept > 20_000 ? YES : kept % 5 == 0 ? YES : NO));
    }
    Problem item = Problem.open("mine", "talk", "Will you?");
    WindowFinding found = WindowFinding.of(new Continued(item, 30_000, YES, byCut)).orElseThrow();
    assertThat(found.claimed()).isTrue();
    assertThat(found.window().place().mean()).isBetween(19_500.0, 20_500.0);
    assertThat(found.classes().getFirst().name()).isEqualTo("yes");
    assertThat(found.classes().getFirst().gain().interval().low()).isGreaterThan(.7);
  }
}
