package criticalwindows.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.activation.FakeActivations;
import criticalwindows.activation.HookPoint;
import criticalwindows.activation.SequencePool;
import criticalwindows.activation.Site;
import criticalwindows.error.UserError;
import criticalwindows.model.Tokens;
import criticalwindows.probe.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProbeScoreTest {
  private static final HookPoint TWO = new HookPoint(Site.RESIDUAL, 2);
  private static final HookPoint FIVE = new HookPoint(Site.RESIDUAL, 5);
  private static final Questions NO_QUESTIONS =
      new Questions(1, Tokens.none(), Tokens.of(0), Tokens.of(0));

  /// Its logit of yes is the last token's id times the layer.
  private record Last(HookPoint hook) implements Probe {
    @Override
    public String kind() {
      return "last";
    }

    @Override
    public List<HookPoint> hooks() {
      return List.of(hook);
    }

    @Override
    public List<String> classes() {
      return List.of("no", "yes");
    }

    @Override
    public Reads reads() {
      return Reads.LAST_TOKEN;
    }

    @Override
    public Reading begin() {
      return new Reading() {
        @Override
        public double[] next(float[] vectors) {
          return new double[] {0, vectors[0]};
        }

        @Override
        public void trim(int kept) {}
      };
    }
  }

  /// Three classes, and its logit of the second is how many vectors it has read.
  private record Counts() implements Probe {
    @Override
    public String kind() {
      return "counts";
    }

    @Override
    public List<HookPoint> hooks() {
      return List.of(TWO);
    }

    @Override
    public List<String> classes() {
      return List.of("a", "yes", "c");
    }

    @Override
    public Reads reads() {
      return Reads.EVERY_TOKEN;
    }

    @Override
    public Reading begin() {
      return new Reading() {
        private int read;

        @Override
        public double[] next(float[] vectors) {
          return new double[] {0, ++read, 0};
        }

        @Override
        public void trim(int kept) {
          read = kept;
        }
      };
    }
  }

  private static ProbeScore score(List<Probe> probes, String evidence) {
    SequencePool pool = new SequencePool(new FakeActivations(List.of(TWO, FIVE), 1));
    return new ProbeScore(pool, probes, "yes", Gatherings.named(evidence));
  }

  private static double[] along(ProbeScore score, int... tokens) throws InterruptedException {
    Monitor monitor = new Monitor(MixedScore.of(score), NO_QUESTIONS, Map.of());
    Followed followed = monitor.begin("one", Tokens.of(1, 3));
    monitor.read(List.of(new Monitor.Piece(followed, Tokens.of(tokens), Monitor.More.NONE)));
    return followed.scores();
  }

  @Test
  void isTheLogOddsAfterEachTokenGatheredOverSeveral() throws InterruptedException {
    Probe five = new Last(FIVE);
    assertThat(along(score(List.of(five), "mean:1"), 2, 4)).containsExactly(10, 20);
    // The prompt's last token counts as one.
    assertThat(along(score(List.of(five), "mean:2"), 2, 4)).containsExactly(12.5, 15);
    assertThat(along(score(List.of(five), "highest:2"), 2, 4, 0)).containsExactly(15, 15, 15);
    assertThat(along(score(List.of(five), "cusum:12"), 2, 4, 0, 0)).containsExactly(1, 9, 0, 0);
  }

  @Test
  void severalProbesCountAlike() throws InterruptedException {
    Probe two = new Last(TWO);
    Probe five = new Last(FIVE);
    assertThat(along(score(List.of(two, five), "mean:1"), 2, 4)).containsExactly(7, 14);
  }

  @Test
  void ofSeveralClassesOneStandsAgainstAllOthers() throws InterruptedException {
    double[] found = along(score(List.of(new Counts()), "mean:1"), 9, 9);
    assertThat(found[0]).isCloseTo(2 - Math.log(2), within(1e-12));
    assertThat(found[1]).isCloseTo(3 - Math.log(2), within(1e-12));
  }

  @Test
  void whatIsTakenBackIsForgottenByAll() throws InterruptedException {
    ProbeScore score = score(List.of(new Counts()), "highest:1");
    Monitor monitor = new Monitor(MixedScore.of(score), NO_QUESTIONS, Map.of());
    Followed followed = monitor.begin("one", Tokens.of(1));
    followed.rewind(0);
    monitor.read(List.of(new Monitor.Piece(followed, Tokens.of(5, 6, 7), Monitor.More.COMES)));
    followed.rewind(1);
    monitor.read(List.of(new Monitor.Piece(followed, Tokens.of(8), Monitor.More.NONE)));
    assertThat(followed.read()).isEqualTo(Tokens.of(5, 8));
    assertThat(followed.scores()).hasSize(2);
    assertThat(followed.score(1)).isCloseTo(3 - Math.log(2), within(1e-12));
  }

  @Test
  void aProbeWithoutTheClassOrTheVectorsIsRefused() {
    assertThatThrownBy(
            () ->
                new ProbeScore(
                    new SequencePool(new FakeActivations(List.of(TWO), 1)),
                    List.of(new Last(FIVE)),
                    "yes",
                    Gatherings.named("mean")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void evidenceIsNamedWithItsNumber() {
    assertThat(Gatherings.named("mean").name()).isEqualTo("mean:8");
    assertThat(Gatherings.named("cusum:0.5").name()).isEqualTo("cusum:0.5");
    assertThat(Gatherings.named("highest:3").name()).isEqualTo("highest:3");
    for (String words : List.of("mean:0", "mean:1.5", "mean:x", "cusum:NaN", "highest:-1")) {
      UserError error = catchThrowableOfType(UserError.class, () -> Gatherings.named(words));
      assertThat(error).hasMessage("the evidence " + words);
      assertThat(error.hint()).startsWith("write mean:8");
    }
    assertThat(catchThrowableOfType(UserError.class, () -> Gatherings.named("meen")))
        .hasMessage("no way to gather evidence named meen");
  }

  @Test
  void aMixtureAddsStandardisedScores() throws InterruptedException {
    ProbeScore two = score(List.of(new Last(TWO)), "mean:1");
    ProbeScore five = score(List.of(new Last(FIVE)), "mean:1");
    MixedScore mixed =
        new MixedScore(
            List.of(
                new MixedScore.Part(two, new MixedScore.Share(2, new MixedScore.Standard(1, 4))),
                new MixedScore.Part(
                    five, new MixedScore.Share(-1, new MixedScore.Standard(0, 10)))));
    Monitor monitor = new Monitor(mixed, NO_QUESTIONS, Map.of());
    Followed followed = monitor.begin("one", Tokens.of(1));
    monitor.read(List.of(new Monitor.Piece(followed, Tokens.of(2, 4), Monitor.More.NONE)));
    assertThat(followed.scores(0)).containsExactly(4, 8);
    assertThat(followed.scores(1)).containsExactly(10, 20);
    assertThat(followed.scores()).containsExactly(2 * 3 / 4. - 1, 2 * 7 / 4. - 2);
  }

  @Test
  void whatHasNoValueYetCountsAsUsual() {
    ProbeScore score = score(List.of(new Last(TWO)), "mean:1");
    MixedScore.Part part =
        new MixedScore.Part(score, new MixedScore.Share(1, new MixedScore.Standard(5, 1)));
    MixedScore mixed = new MixedScore(List.of(part, part));
    double none = Double.NEGATIVE_INFINITY;
    assertThat(mixed.of(new double[] {none, 7})).isEqualTo(2);
    assertThat(mixed.of(new double[] {none, none})).isEqualTo(none);
    List<double[]> benign = new ArrayList<>();
    benign.add(new double[] {none, 1});
    benign.add(new double[] {3});
    assertThat(MixedScore.Standard.of(benign)).isEqualTo(new MixedScore.Standard(2, 1));
    assertThat(MixedScore.Standard.of(List.of(new double[] {4, 4})))
        .isEqualTo(new MixedScore.Standard(4, 1));
  }
}
