package criticalwindows.weight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.error.UserError;
import criticalwindows.localise.Prior;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Prediction;
import criticalwindows.model.ToyModel;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Weights on texts with one decision, whose curves are known exactly: half before it, 1 behind it.
class WeightRulesTest {
  private static final int LENGTH = 30;
  private static final int SAMPLES = 40;
  private static final long SEED = 3;
  private static final List<Response> RESPONSES =
      List.of(response("a", 12, 1), response("b", 3, 1), response("c", 25, 1));

  static Stream<Rule> rules() {
    return Rules.ALL.stream();
  }

  private static Among among(long seed) {
    return new Among(RESPONSES.stream().map(Response::decided).toList(), Prior.STANDARD, seed);
  }

  /// With a cut every so many tokens, whose counts are as near to the exact curve as can be.
  private static Response response(String item, int at, int every) {
    List<Curve.Point> points = new ArrayList<>();
    for (int kept = 0; kept < LENGTH; kept += every) {
      points.add(new Curve.Point(kept, new Proportion(kept > at ? SAMPLES : SAMPLES / 2, SAMPLES)));
    }
    Curve curve = new Curve(points).endingAt(new Curve.End(LENGTH + 1, true));
    float[] logProbs = new float[LENGTH];
    List<Prediction> predictions = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < LENGTH; i++) {
      logProbs[i] = (float) Math.log(i == at ? .5 : .9);
      predictions.add(
          new Prediction(i == at ? .69f : .1f + .001f * i, 0, 0, 0, 0, Prediction.Ratios.NONE));
      ratios.add(i % 2 == 0 ? -.5 : 1.5);
    }
    return new Response(
        new Decided(item, LENGTH, curve), LogProbs.of(logProbs), predictions, ratios);
  }

  /// What every rule must do.
  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleGivesEachResponseTheSameSumAgainAndAgain(Rule rule) {
    assertThat(rule.name()).matches("[a-z]+(-[a-z]+)*");
    assertThat(rule.about()).isNotBlank().doesNotContain("\n");
    assertThat(Rules.named(rule.name())).isSameAs(rule);
    for (Response response : RESPONSES) {
      double[] weights = rule.normalised(response, among(SEED));
      assertThat(weights).hasSize(LENGTH);
      assertThat(Arrays.stream(weights)).allMatch(each -> Double.isFinite(each) && each >= 0);
      assertThat(Arrays.stream(weights).sum()).isCloseTo(LENGTH, within(1e-9));
      assertThat(rule.normalised(response, among(SEED))).containsExactly(weights);
    }
  }

  private static double[] weights(String rule, Response response) {
    return Rules.named(rule).normalised(response, among(SEED));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aControlKeepsTheWeightsOfWindows(Rule rule) {
    if (rule.name().matches("random|top-entropy|shuffled")) {
      for (Response response : RESPONSES) {
        double[] sorted = sorted(weights("window", response));
        assertThat(sorted(weights(rule.name(), response))).containsExactly(sorted, within(1e-9));
      }
    }
  }

  private static double[] sorted(double[] weights) {
    return Arrays.stream(weights).sorted().toArray();
  }

  @Test
  void windowAndRiseStandOnTheTokenThatIsKnownToDecide() {
    for (String rule : List.of("window", "rise")) {
      double[] weights = weights(rule, response("a", 12, 1));
      assertThat(weights[12]).as(rule).isCloseTo(LENGTH, within(1e-9));
    }
  }

  /// Cuts at 10 and 15: no count tells the tokens between them apart.
  @Test
  void tokensBetweenTwoCutsStayOrGoTogether() {
    double[] window = weights("window", response("a", 12, 5));
    double[] rise = weights("rise", response("a", 12, 5));
    for (int token = 0; token < LENGTH; token++) {
      boolean between = token >= 10 && token < 15;
      assertThat(rise[token]).isCloseTo(between ? 6 : 0, within(1e-9));
      assertThat(window[token]).isBetween(between ? 5.0 : 0, between ? 7.0 : 0);
    }
  }

  /// Five decisions, of which the text takes 1, 1, 0, 1 and 1: every rise is known exactly.
  @Test
  void risesAreThoseOfTheExactCurve() {
    ToyModel model = ToyModel.orderedDecisions();
    String text = "aa1aa1aa0aa1aa1";
    int most = 10_000_000;
    double[] exact = new double[text.length() + 1];
    List<Curve.Point> points = new ArrayList<>();
    for (int kept = 0; kept <= text.length(); kept++) {
      exact[kept] = Objects.requireNonNull(model.answers(text.substring(0, kept)).get("$27$"));
      points.add(new Curve.Point(kept, new Proportion(Math.round(most * exact[kept]), most)));
    }
    Response response =
        new Response(
            new Decided("tree", text.length(), new Curve(points)),
            LogProbs.NONE,
            List.of(),
            List.of());
    double[] rises = weights("rise", response);
    double[] heights = weights("curve", response);
    double all = Arrays.stream(exact, 0, text.length()).sum();
    for (int token = 0; token < text.length(); token++) {
      double rise = (exact[token + 1] - exact[token]) / (1 - exact[0]);
      assertThat(rises[token]).isCloseTo(text.length() * rise, within(1e-5));
      assertThat(heights[token]).isCloseTo(text.length() * exact[token] / all, within(1e-5));
    }
    assertThat(rises[11]).isGreaterThan(3);
    assertThat(rises[10]).isZero();
  }

  @Test
  void curveIsTwiceAsMuchOnceItIsDecided() {
    double[] weights = weights("curve", response("a", 12, 1));
    assertThat(weights[13] / weights[12]).isCloseTo(2, within(1e-9));
    assertThat(weights[29] / weights[0]).isCloseTo(2, within(1e-9));
    // On the straight line from a half before token 10 to 1 before token 15.
    double[] coarse = weights("curve", response("a", 12, 5));
    assertThat(coarse[12] / coarse[10]).isCloseTo(.7 / .5, within(1e-9));
  }

  @Test
  void probabilitiesEntropiesAndRatiosAreThoseOfTheTokens() {
    Response response = RESPONSES.getFirst();
    double[] prob = weights("prob", response);
    assertThat(prob[12] / prob[11]).isCloseTo(.5 / .9, within(1e-6));
    double[] entropy = weights("entropy", response);
    assertThat(entropy[12] / entropy[0]).isCloseTo(6.9, within(1e-5));
    double[] ratio = weights("ratio", response);
    assertThat(ratio[1] / ratio[0]).isCloseTo(3, within(1e-9));
    assertThat(weights("uniform", response)).containsOnly(1);
  }

  @Test
  void theMostOpenTokenGetsTheMost() {
    // All weight is on one token, and token 12 is the most open one; without it, the last.
    assertThat(weights("top-entropy", response("a", 12, 1))[12]).isCloseTo(30, within(1e-9));
    double[] five = weights("top-entropy", response("a", 12, 5));
    for (int token : new int[] {12, 29, 28, 27, 26}) {
      assertThat(five[token]).isBetween(5.0, 7.0);
    }
    assertThat(five[12]).isEqualTo(Arrays.stream(five).max().orElseThrow());
  }

  @Test
  void chanceGoesByTheSeedAndTheItem() {
    Set<Integer> places = new HashSet<>();
    for (int seed = 0; seed < 40; seed++) {
      for (Response response : RESPONSES) {
        double[] weights = Rules.named("random").normalised(response, among(seed));
        places.add(IntStream.range(0, LENGTH).filter(i -> weights[i] > 0).findFirst().orElse(-1));
      }
    }
    // Each of 30 places is missed by all 120 draws with probability .017.
    assertThat(places).hasSizeGreaterThan(25);
  }

  @Test
  void shuffledWeightsAreNeverAResponsesOwn() {
    for (int count = 2; count <= 7; count++) {
      List<Decided> all =
          IntStream.range(0, count).mapToObj(i -> response("r" + i, 3 * i, 1).decided()).toList();
      Set<String> donors = new HashSet<>();
      for (int seed = 0; seed < 20; seed++) {
        Among among = new Among(all, Prior.STANDARD, seed);
        donors.clear();
        for (Decided one : all) {
          assertThat(among.other(one).item()).isNotEqualTo(one.item());
          donors.add(among.other(one).item());
        }
        assertThat(donors).hasSize(count);
      }
    }
    double[] moved = weights("shuffled", RESPONSES.getFirst());
    assertThat(moved[12]).isZero();
    assertThat(moved[3] + moved[25]).isCloseTo(LENGTH, within(1e-9));
  }

  @Test
  void stretchedWeightsKeepTheirMassAndTheirPlace() {
    double[] mass = {.1, 0, .6, .3};
    assertThat(Shuffled.stretched(mass, 4)).containsExactly(mass, within(1e-12));
    assertThat(Shuffled.stretched(mass, 2)).containsExactly(new double[] {.1, .9}, within(1e-12));
    double[] long7 = Shuffled.stretched(mass, 7);
    assertThat(Arrays.stream(long7).sum()).isCloseTo(1, within(1e-12));
    assertThat(Arrays.stream(long7, 0, 2).sum()).isCloseTo(.1, within(.02));
  }

  @Test
  void whatIsNotKnownIsRefused() {
    Response bare =
        new Response(RESPONSES.getFirst().decided(), LogProbs.NONE, List.of(), List.of());
    refused("prob", bare, "the probabilities of the tokens of a are not known", "cw run cot");
    refused("entropy", bare, "the entropies at the tokens of a are not known", "--model FILE");
    refused("top-entropy", bare, "the entropies at the tokens of a are not known", "--model FILE");
    refused("ratio", bare, "the likelihood ratios of a are not known", "cw run ratio RUN");
  }

  private static void refused(String rule, Response response, String error, String hint) {
    assertThatThrownBy(() -> weights(rule, response))
        .isInstanceOfSatisfying(UserError.class, e -> assertThat(e.hint()).contains(hint))
        .hasMessageContaining(error);
  }

  @Test
  void oneResponseHasNoOther() {
    Decided one = RESPONSES.getFirst().decided();
    Among alone = new Among(List.of(one), Prior.STANDARD, SEED);
    assertThatThrownBy(() -> Rules.named("shuffled").normalised(RESPONSES.getFirst(), alone))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.hint()).contains("another --rule"))
        .hasMessageContaining("there is only one");
  }

  @Test
  void aRuleThatSeesNothingSaysSo() {
    List<Curve.Point> level = new ArrayList<>();
    for (int kept = 0; kept < LENGTH; kept += 5) {
      level.add(new Curve.Point(kept, new Proportion(SAMPLES, SAMPLES)));
    }
    Response flat =
        new Response(
            new Decided("flat", LENGTH, new Curve(level)), LogProbs.NONE, List.of(), List.of());
    assertThat(Rules.named("rise").normalised(flat, among(SEED))).isEmpty();
  }

  @Test
  void anUnknownRuleIsRefused() {
    assertThatThrownBy(() -> Rules.named("windows"))
        .isInstanceOfSatisfying(UserError.class, e -> assertThat(e.hint()).contains("window"))
        .hasMessage("no rule named windows");
  }
}
