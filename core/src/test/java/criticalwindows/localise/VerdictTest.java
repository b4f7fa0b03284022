package criticalwindows.localise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictTest {
  @Test
  void whatIsClaimedIsUpToTheRateAndNotToTheProblemAlone() {
    assertThat(Verdict.of(.05, .36, 0)).isEqualTo(Verdict.CLAIMED);
    assertThat(Verdict.of(.051, .051, 0)).isEqualTo(Verdict.UNSURE);
    assertThat(Verdict.of(.5, .5, 0)).isEqualTo(Verdict.UNSURE);
    assertThat(Verdict.of(.51, .51, 0)).isEqualTo(Verdict.NONE);
  }

  @Test
  void whatWasDecidedBeforeIsNoWindowButNotNothing() {
    assertThat(Verdict.of(.6, .97, .9)).isEqualTo(Verdict.BEFORE);
    assertThat(Verdict.of(.6, .97, .89)).isEqualTo(Verdict.NONE);
    assertThat(Verdict.BEFORE.shown()).isFalse();
    assertThat(Verdict.UNSURE.shown()).isTrue();
  }
}
