package criticalwindows.colour;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.dataset.Problem;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.outcome.Continued;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Runner;
import criticalwindows.stats.Curve;
import criticalwindows.window.WindowFinding;
import criticalwindows.window.WindowStudy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamesAColourTest {
  /// `a red one today` or `a sad one today`, decided by the third character and nothing else.
  private static final ToyModel.Process WRITER =
      new ToyModel.Process() {
        @Override
        public int length() {
          return 15;
        }

        @Override
        public Map<Character, Double> next(String written) {
          if (written.length() == 2) {
            return Map.of('r', .5, 's', .5);
          }
          String text = written.contains("s") ? "a sad one today" : "a red one today";
          return Map.of(text.charAt(written.length()), 1.0);
        }

        @Override
        public String answer(String text) {
          return text;
        }
      };

  @Test
  void itsWindowIsWhereTheColourIsDecided() throws InterruptedException {
    Problem item = Problem.open("talk", "talk", "What do you see?");
    var settings = new NamesAColour.Settings(CutPlan.parse("every:1"), 40, 20, 3);
    NamesAColour colour = new NamesAColour(new ToyModel(WRITER), settings);
    MemoryLedger ledger = new MemoryLedger(List.of(item));
    Runner.run(colour, ledger, () -> Instant.EPOCH, state -> {});
    Continued found = Continued.of(item, ledger.samples(item.id()), colour).orElseThrow();

    assertThat(found.outcome().show())
        .isEqualTo(
            ledger.samples(item.id()).getFirst().text().contains("red") ? "a colour" : "none");
    for (Curve.Point point : found.consistency().points()) {
      double share = point.proportion().estimate();
      if (point.position() > 2) {
        assertThat(share).isEqualTo(1);
      } else {
        assertThat(share).isBetween(.2, .8);
      }
    }
    WindowFinding window = WindowFinding.of(found).orElseThrow();
    assertThat(window.claimed()).isTrue();
    assertThat(window.window().place().interval().holds(2.5)).isTrue();
    assertThat(window.classes()).hasSize(2);
    assertThat(window.classes().getFirst().name()).isEqualTo(found.outcome().show());
    assertThat(WindowStudy.of(List.of(found)).of(found)).isPresent();
  }
}
