package criticalwindows.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutPlanTest {
  @Test
  void fractionsKeepTheFloorOfTheirShare() {
    assertThat(kept(".05,.1,.3,.5,.7,.9", 200)).containsExactly(10, 20, 60, 100, 140, 180);
    assertThat(kept(".05,.1,.3,.5,.7,.9", 15)).containsExactly(0, 1, 4, 7, 10, 13);
  }

  @Test
  void aDecimalFractionIsNotABinaryOne() {
    // In binary floating point .29 * 100 is 28.999999999999996.
    assertThat(kept(".29", 100)).containsExactly(29);
  }

  @Test
  void equalCutsStayUnderEachFraction() {
    assertThat(kept("0,.05,.1", 5)).containsExactly(0, 0, 0);
  }

  @Test
  void aStrideCutsBeforeEveryKthToken() {
    assertThat(kept("every:1", 4)).containsExactly(0, 1, 2, 3);
    assertThat(kept("every:3", 7)).containsExactly(0, 3, 6);
    assertThat(kept("every:3", 0)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "-.1",
        ".5,.3",
        ".5,.5",
        "1.5",
        "",
        "abc",
        "every:0",
        "every:x",
        ".1,,.2",
        "search:",
        "search:width=0,confidence=.9,rollouts=5",
        "search:width=.1,confidence=1,rollouts=5"
      })
  void anythingElseIsRefused(String spec) {
    assertThatThrownBy(() -> CutPlan.parse(spec)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.05,0.1,0.9", "every:8", "search:width=0.05,confidence=0.9,rollouts=140"})
  void thePlanIsWrittenAsItIsRead(String spec) {
    assertThat(CutPlan.parse(spec).spec()).isEqualTo(spec);
    assertThat(CutPlan.parse(CutPlan.parse(spec).spec())).isEqualTo(CutPlan.parse(spec));
  }

  private static List<Integer> kept(String spec, int length) {
    return CutPlan.parse(spec).cuts(length).stream().map(Cut::kept).toList();
  }
}
