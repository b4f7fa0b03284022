package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CorrectedRateTest {
  private static final double LEVEL = .95;

  private static JudgeErrors errors(int hits, int positive, int passes, int negative) {
    return new JudgeErrors(new Proportion(hits, positive), new Proportion(passes, negative));
  }

  /// A judge, a rate and their counts.
  enum Setting {
    SHARP(.95, .95, .30, 400, 200, 200),
    NONE(.90, .95, 0, 500, 100, 100),
    RARE(.85, .98, .01, 1000, 150, 300),
    POOR(.70, .75, .20, 300, 100, 100),
    FEW_LABELS(.90, .90, .50, 200, 30, 30),
    NEARLY_ALL(.95, .80, .97, 300, 200, 100);

    private final double sensitivity;
    private final double specificity;
    private final double rate;
    private final int texts;
    private final int positive;
    private final int negative;

    Setting(
        double sensitivity,
        double specificity,
        double rate,
        int texts,
        int positive,
        int negative) {
      this.sensitivity = sensitivity;
      this.specificity = specificity;
      this.rate = rate;
      this.texts = texts;
      this.positive = positive;
      this.negative = negative;
    }

    private CorrectedRate draw(SplittableRandom random) {
      double share = rate * sensitivity + (1 - rate) * (1 - specificity);
      JudgeErrors errors =
          errors(
              drawn(positive, sensitivity, random),
              positive,
              drawn(negative, specificity, random),
              negative);
      return CorrectedRate.of(new Proportion(drawn(texts, share, random), texts), errors, LEVEL);
    }
  }

  private static int drawn(int trials, double probability, SplittableRandom random) {
    int successes = 0;
    for (int i = 0; i < trials; i++) {
      successes += random.nextDouble() < probability ? 1 : 0;
    }
    return successes;
  }

  /// The interval is about the true rate in .95 of all studies, whatever the judge.
  @ParameterizedTest
  @EnumSource
  void theIntervalHoldsTheRate(Setting setting) {
    assertHolds(setting, 400, .93 - 2 * Math.sqrt(.95 * .05 / 400));
  }

  @ParameterizedTest
  @EnumSource
  @Tag("soak")
  void theIntervalHoldsTheRateInManyStudies(Setting setting) {
    assertHolds(setting, 20_000, .93);
  }

  private static void assertHolds(Setting setting, int studies, double bar) {
    SplittableRandom random = new SplittableRandom(24);
    int held = 0;
    double[] widths = new double[studies];
    for (int i = 0; i < studies; i++) {
      CorrectedRate corrected = setting.draw(random);
      held += corrected.interval().holds(setting.rate) ? 1 : 0;
      widths[i] = corrected.interval().width();
      assertThat(corrected.interval().holds(corrected.estimate())).isTrue();
    }
    double covered = (double) held / studies;
    System.out.printf(
        Locale.ROOT,
        "corrected rate, %s: holds in %.4f of %d studies, mean width %.4f%n",
        setting,
        covered,
        studies,
        DoubleStream.of(widths).average().orElseThrow());
    assertThat(covered).isGreaterThanOrEqualTo(bar);
  }

  /// By hand: (.35 + .9 − 1) ÷ (.8 + .9 − 1).
  @Test
  void theEstimateIsRoganAndGladens() {
    CorrectedRate corrected =
        CorrectedRate.of(new Proportion(35, 100), errors(80, 100, 90, 100), LEVEL);
    assertThat(corrected.estimate()).isCloseTo(.25 / .7, within(1e-12));
    assertThat(CorrectedRate.of(new Proportion(2, 100), errors(80, 100, 90, 100), LEVEL).estimate())
        .isZero();
    assertThat(
            CorrectedRate.of(new Proportion(90, 100), errors(80, 100, 90, 100), LEVEL).estimate())
        .isEqualTo(1);
  }

  /// With errors that are known as good as exactly, the interval is that of the share, scaled.
  @Test
  void withAPerfectlyKnownJudgeTheShareAloneIsUncertain() {
    int many = 1_000_000_000;
    JudgeErrors known = errors(many / 10 * 9, many, many / 10 * 8, many);
    CorrectedRate corrected = CorrectedRate.of(new Proportion(200, 500), known, LEVEL);
    double low = (ratioEnd(200, 500, 0) - .2) / .7;
    double high = (ratioEnd(200, 500, 1) - .2) / .7;
    assertThat(corrected.interval().low()).isCloseTo(low, within(1e-5));
    assertThat(corrected.interval().high()).isCloseTo(high, within(1e-5));
  }

  /// The end of a binomial share's likelihood ratio interval, by halving.
  private static double ratioEnd(int successes, int trials, double bound) {
    double in = (double) successes / trials;
    double best = logLikelihood(successes, trials, in);
    double out = bound;
    double z = Normal.quantile(.975);
    for (int i = 0; i < 60; i++) {
      double middle = (in + out) / 2;
      if (2 * (best - logLikelihood(successes, trials, middle)) <= z * z) {
        in = middle;
      } else {
        out = middle;
      }
    }
    return in;
  }

  private static double logLikelihood(int successes, int trials, double p) {
    return successes * Math.log(p) + (trials - successes) * Math.log1p(-p);
  }

  /// Newton's maximum beside a search of all errors on a grid.
  @Test
  void theProfileIsTheGreatestLikelihood() {
    ErrorLikelihood likelihood = ErrorLikelihood.of(30, 100, errors(18, 20, 15, 20));
    for (double rate : List.of(0.0, .1, .4, .9, 1.0)) {
      double greatest = Double.NEGATIVE_INFINITY;
      for (double called = .0005; called < 1; called += .001) {
        for (double falsely = .0005; falsely < 1; falsely += .001) {
          double share = rate * called + (1 - rate) * falsely;
          double log =
              30 * Math.log(share)
                  + 70 * Math.log(1 - share)
                  + 18.5 * Math.log(called)
                  + 2.5 * Math.log(1 - called)
                  + 5.5 * Math.log(falsely)
                  + 15.5 * Math.log(1 - falsely);
          greatest = Math.max(greatest, log);
        }
      }
      assertThat(likelihood.at(rate)).isCloseTo(greatest, within(1e-3));
      assertThat(likelihood.at(rate)).isGreaterThanOrEqualTo(greatest - 1e-12);
    }
  }

  @Test
  void thePoorerTheJudgeTheWiderTheInterval() {
    Proportion share = new Proportion(60, 200);
    double perfect = width(share, errors(500, 500, 500, 500));
    double good = width(share, errors(450, 500, 450, 500));
    double poor = width(share, errors(350, 500, 400, 500));
    double fewLabels = width(share, errors(35, 50, 40, 50));
    double useless = width(share, errors(11, 20, 10, 20));
    assertThat(List.of(share.wilson(LEVEL).width() - .01, perfect, good, poor, fewLabels, useless))
        .isSorted();
    assertThat(useless).isGreaterThan(.9);
  }

  private static double width(Proportion share, JudgeErrors errors) {
    return CorrectedRate.of(share, errors, LEVEL).interval().width();
  }

  @Test
  void aJudgeThatTellsNothingIsRefused() {
    for (JudgeErrors errors : List.of(errors(5, 10, 5, 10), errors(1, 10, 3, 10))) {
      assertThat(errors.correctable()).isFalse();
      assertThatThrownBy(() -> CorrectedRate.of(new Proportion(1, 2), errors, LEVEL))
          .hasMessageContaining("not above 1");
    }
    assertThatThrownBy(() -> errors(0, 0, 1, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThat(CorrectedRate.of(Proportion.NONE, errors(9, 10, 9, 10), LEVEL).interval())
        .isEqualTo(Interval.SHARE);
  }

  /// Ten samples of each problem that resemble each other tell less than as many of their own.
  @Test
  void aMeanOverProblemsIsAsUncertainAsItsOwnInterval() {
    JudgeErrors errors = errors(95, 100, 95, 100);
    List<Proportion> alike = Collections.nCopies(30, new Proportion(3, 10));
    List<Proportion> apart = new ArrayList<>(Collections.nCopies(9, new Proportion(10, 10)));
    apart.addAll(Collections.nCopies(21, new Proportion(0, 10)));
    CorrectedRate one = CorrectedRate.of(ProblemMean.of(alike), errors, LEVEL);
    CorrectedRate other = CorrectedRate.of(ProblemMean.of(apart), errors, LEVEL);
    assertThat(one.estimate()).isCloseTo(other.estimate(), within(1e-9));
    assertThat(other.interval().width()).isGreaterThan(one.interval().width());
  }
}
