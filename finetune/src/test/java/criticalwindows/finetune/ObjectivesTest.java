package criticalwindows.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.error.UserError;
import criticalwindows.model.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectivesTest {
  static List<Objective> all() {
    return Objectives.standard();
  }

  /// An example of a kind with four targets in each passage, whose numbers are 2, 0, 1 and 5.
  private static Example example(Example.Kind kind) {
    int[] places = kind == Example.Kind.COUNTED ? new int[] {4, 4, 4, 4} : new int[] {1, 2, 3, 4};
    Targets targets = new Targets(places, new int[] {3, 1, 4, 2}, new double[] {2, 0, 1, 5});
    Passage passage = new Passage(Tokens.of(0, 1, 3, 1, 4), targets);
    List<Passage> passages =
        kind == Example.Kind.PAIR ? List.of(passage, passage) : List.of(passage);
    return new Example("line 1", "item", kind, passages);
  }

  private static List<float[]> drawn(Example example, Random random) {
    List<float[]> all = new ArrayList<>();
    for (Passage passage : example.passages()) {
      float[] some = new float[passage.targets().size()];
      for (int i = 0; i < some.length; i++) {
        some[i] = (float) (-4 * random.nextDouble());
      }
      all.add(some);
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("all")
  void theGradientIsThatOfTheLoss(Objective objective) {
    Example example = example(objective.kind());
    List<float[]> reference = drawn(example, new Random(1));
    List<float[]> at = drawn(example, new Random(2));
    Objective.Loss loss = objective.loss(example, at, reference);
    for (int p = 0; p < at.size(); p++) {
      for (int i = 0; i < at.get(p).length; i++) {
        float here = at.get(p)[i];
        at.get(p)[i] = here + .01f;
        double above = objective.loss(example, at, reference).sum();
        float up = at.get(p)[i];
        at.get(p)[i] = here - .01f;
        double below = objective.loss(example, at, reference).sum();
        double slope = (above - below) / (up - at.get(p)[i]);
        at.get(p)[i] = here;
        assertThat((double) loss.gradient().get(p)[i]).isCloseTo(slope, within(1e-4));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aReferenceIsReadOnlyWhereItIsAskedFor(Objective objective) {
    Example example = example(objective.kind());
    List<float[]> at = drawn(example, new Random(2));
    double one = objective.loss(example, at, drawn(example, new Random(3))).sum();
    double other = objective.loss(example, at, drawn(example, new Random(4))).sum();
    assertThat(one == other).isEqualTo(!objective.needsReference());
  }

  @Test
  void weightedTokensCountByTheirWeight() {
    Objective objective = named("cross-entropy");
    Example example = example(Example.Kind.WEIGHTED);
    List<float[]> at = List.of(new float[] {-1, Float.NEGATIVE_INFINITY, -2, -.5f});
    assertThat(objective.loss(example, at, List.of()).sum()).isEqualTo(2 * 1 + 1 * 2 + 5 * .5);
    assertThat(objective.mass(example)).isEqualTo(8);
  }

  @Test
  void countsOfTwoClassesGiveTheBinomialLikelihood() {
    int k = 7;
    int n = 10;
    double p = .6;
    Targets targets = new Targets(new int[] {0, 0}, new int[] {1, 2}, new double[] {k, n - k});
    Example example =
        new Example(
            "line 1", "item", Example.Kind.COUNTED, List.of(new Passage(Tokens.of(0), targets)));
    List<float[]> at = List.of(new float[] {(float) Math.log(p), (float) Math.log(1 - p)});
    assertThat(named("counts").loss(example, at, List.of()).sum())
        .isCloseTo(-(k * Math.log(p) + (n - k) * Math.log(1 - p)), within(1e-6));
  }

  @Test
  void aPreferenceBeginsAtLogTwoAndItsMarginIsMeasuredFromTheReference() {
    Example example = example(Example.Kind.PAIR);
    List<float[]> reference = drawn(example, new Random(1));
    assertThat(named("dpo").loss(example, reference, reference).sum())
        .isCloseTo(Math.log(2), within(1e-12));
    List<float[]> moved = List.of(reference.getFirst().clone(), reference.getLast());
    moved.getFirst()[2] += 3;
    assertThat(named("dpo").loss(example, moved, reference).sum())
        .isCloseTo(Math.log1p(Math.exp(-.1 * 3)), within(1e-6));
    assertThat(named("dpo-token").loss(example, moved, reference).sum())
        .isCloseTo(Math.log(2), within(1e-12));
  }

  @Test
  void theSaturatingPushFadesSoonerWhereTheWeightIs() {
    Example example = example(Example.Kind.WEIGHTED);
    List<float[]> reference = List.of(new float[] {-3, -3, -3, -3});
    List<float[]> gained = List.of(new float[] {-1, -1, -1, -1});
    Objective objective = named("saturating");
    assertThat(objective.loss(example, reference, reference).gradient().getFirst())
        .containsExactly(-1, -1, -1, -1);
    float[] push = objective.loss(example, gained, reference).gradient().getFirst();
    // Weights 2, 0, 1, 5 of at most 5: β of .86, .1, .48 and 2, all gained by 2.
    double[] betas = {.86, .1, .48, 2};
    for (int i = 0; i < push.length; i++) {
      assertThat((double) push[i]).isCloseTo(-2 / (1 + Math.exp(2 * betas[i])), within(1e-6));
    }
  }

  @Test
  void namesAreOneEachAndAWrongOneIsAnsweredWithTheNearest() {
    assertThat(all().stream().map(Objective::name)).doesNotHaveDuplicates();
    assertThatThrownBy(() -> Objectives.named("dpos", Objectives.Numbers.STANDARD))
        .isInstanceOfSatisfying(
            UserError.class,
            e -> {
              assertThat(e).hasMessage("no objective named dpos");
              assertThat(e.hint()).startsWith("there is: dpo, ");
            });
    assertThatThrownBy(() -> new Objectives.Numbers(0, .1, 2)).isInstanceOf(UserError.class);
    assertThatThrownBy(() -> new Objectives.Numbers(.1, 2, .1)).isInstanceOf(UserError.class);
    for (Example.Kind kind : Example.Kind.values()) {
      assertThat(Objectives.usual(kind, Objectives.Numbers.STANDARD).kind()).isEqualTo(kind);
    }
  }

  private static Objective named(String name) {
    return Objectives.named(name, Objectives.Numbers.STANDARD);
  }

  @Test
  void theLearningRateRisesAndFalls() {
    Schedule schedule = new Schedule(2, .25, .1);
    double[] rates = IntStream.range(0, 8).mapToDouble(step -> schedule.at(step, 8)).toArray();
    assertThat(rates[0]).isEqualTo(1);
    assertThat(rates[1]).isEqualTo(2);
    assertThat(rates[2]).isEqualTo(2);
    assertThat(rates[5]).isCloseTo(2 * (.1 + .9 / 2), within(1e-12));
    assertThat(schedule.at(8, 8)).isCloseTo(.2, within(1e-12));
    assertThat(new Schedule(2, 0, 1).at(7, 8)).isEqualTo(2);
  }
}
