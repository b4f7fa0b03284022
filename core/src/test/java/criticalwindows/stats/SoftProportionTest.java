package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SoftProportionTest {
  private static final int REPLAYS = 4000;

  /// How probabilities come about, with their mean.
  enum Law {
    SETTLED(.85) {
      @Override
      double draw(SplittableRandom random) {
        return random.nextDouble() < .85 ? 1 : 0;
      }
    },
    NEARLY_SETTLED(.59) {
      @Override
      double draw(SplittableRandom random) {
        return random.nextDouble() < .6 ? .97 : .02;
      }
    },
    ALIKE(.4) {
      @Override
      double draw(SplittableRandom random) {
        return .3 + .2 * random.nextDouble();
      }
    },
    ANYTHING(.5) {
      @Override
      double draw(SplittableRandom random) {
        return random.nextDouble();
      }
    },
    LOW(1 / 3.0) {
      @Override
      double draw(SplittableRandom random) {
        double u = random.nextDouble();
        return u * u;
      }
    },
    SURE_WITH_EXCEPTIONS(.891) {
      @Override
      double draw(SplittableRandom random) {
        return random.nextDouble() < .1 ? 0 : .99;
      }
    };

    private final double mean;

    Law(double mean) {
      this.mean = mean;
    }

    abstract double draw(SplittableRandom random);

    SoftProportion sample(int n, SplittableRandom random) {
      double[] probabilities = new double[n];
      for (int i = 0; i < n; i++) {
        probabilities[i] = draw(random);
      }
      return SoftProportion.of(probabilities);
    }
  }

  @Test
  void ofOutcomesItIsTheirProportion() {
    for (int trials = 1; trials <= 30; trials++) {
      for (int successes = 0; successes <= trials; successes++) {
        Proportion counts = new Proportion(successes, trials);
        SoftProportion soft = SoftProportion.of(counts);
        assertThat(soft.estimate()).isEqualTo(counts.estimate());
        assertThat(soft.noise()).isZero();
        assertThat(soft.interval(.95).low()).isCloseTo(counts.wilson(.95).low(), within(1e-9));
        assertThat(soft.interval(.95).high()).isCloseTo(counts.wilson(.95).high(), within(1e-9));
      }
    }
    assertThat(SoftProportion.NONE.interval(.95)).isEqualTo(new Interval(0, 1));
  }

  /// With 25 draws, as at a cut. At the ends a law can hide what it does rarely, as it does from
  /// Wilson's interval of counts, which dips to .83 there.
  @ParameterizedTest
  @EnumSource
  void coversTheMeanWhateverTheProbabilitiesAreLike(Law law) {
    SplittableRandom random = new SplittableRandom(25);
    int covered = 0;
    double width = 0;
    double counted = 0;
    for (int replay = 0; replay < REPLAYS; replay++) {
      SoftProportion soft = law.sample(25, random);
      Interval interval = soft.interval(.95);
      covered += interval.holds(law.mean) ? 1 : 0;
      width += interval.width();
      counted += new Proportion(Math.round(soft.sum()), 25).wilson(.95).width();
    }
    assertThat((double) covered / REPLAYS).isBetween(.93, 1.0);
    assertThat(width / counted).isLessThan(1.01);
  }

  /// All samples of three from a law of three values, each with its probability.
  @Test
  void spreadAndNoiseAreOnAverageWhatTheLawSays() {
    double[] values = {.1, .6, 1};
    double[] chances = {.5, .3, .2};
    double spread = 0;
    double noise = 0;
    double mean = 0;
    double squares = 0;
    for (int i = 0; i < 3; i++) {
      mean += chances[i] * values[i];
      squares += chances[i] * values[i] * values[i];
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 3; k++) {
          SoftProportion three = SoftProportion.of(values[i], values[j], values[k]);
          spread += chances[i] * chances[j] * chances[k] * three.spread();
          noise += chances[i] * chances[j] * chances[k] * three.noise();
        }
      }
    }
    assertThat(spread).isCloseTo(2 * (squares - mean * mean), within(1e-12));
    assertThat(noise).isCloseTo(2 * (mean - squares), within(1e-12));
    assertThat(spread + noise).isCloseTo(2 * mean * (1 - mean), within(1e-12));
  }

  @Test
  void togetherTheyAreAsIfTriedAtOnce() {
    SoftProportion both = SoftProportion.of(.5, 1).plus(SoftProportion.of(.25));
    assertThat(both).isEqualTo(SoftProportion.of(.5, 1, .25));
    assertThat(both.plus(SoftProportion.NONE)).isEqualTo(both);
  }

  @Test
  void refusesWhatNoProbabilitiesSumTo() {
    assertThatIllegalArgumentException().isThrownBy(() -> SoftProportion.of(1.5));
    assertThatIllegalArgumentException().isThrownBy(() -> new SoftProportion(.5, .6, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new SoftProportion(0, Double.NaN, 1));
  }
}
