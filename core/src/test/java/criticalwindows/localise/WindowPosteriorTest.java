package criticalwindows.localise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.stats.Curve;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowPosteriorTest {
  private static final double EXACT = 1e-9;

  /// Reference values by writing down every curve: src/test/reference/windows.py.
  @ParameterizedTest
  @ValueSource(strings = {"short", "episodes", "slope", "extreme", "ended", "gradual"})
  void agreesWithWritingDownEveryCurve(String name) throws IOException {
    WindowPosterior posterior = reference(name);
    Map<String, Double> expected = expected(name);
    Map<String, Double> actual = new TreeMap<>();
    for (String key : expected.keySet()) {
      actual.put(key, value(posterior, key.split(" ", -1)));
    }
    assertThat(actual).hasSizeGreaterThan(20);
    expected.forEach(
        (key, value) -> assertThat(actual.get(key)).as(key).isCloseTo(value, within(EXACT)));
  }

  private static WindowPosterior reference(String name) {
    return switch (name) {
      case "short" ->
          WindowPosterior.of(
              curve(0, 1, 4, 3, 2, 5, 5, 5, 5, 7, 4, 4),
              7,
              new Prior(.5, .25, .25, 2, .3, .5, 0, .5, 200, 1));
      case "episodes" ->
          WindowPosterior.of(
              curve(1, 0, 3, 2, 9, 9, 4, 1, 6, 5, 7, 8),
              5,
              new Prior(.3, .5, 1, 3, .5, .7, 0, 1, 20, 1));
      case "extreme" ->
          WindowPosterior.of(
              curve(0, 2, 4, 2, 4, 5, 4, 5, 5, 6, 4, 4),
              6,
              new Prior(.25, .5, .5, 2, .3, .5, 0, .5, 20, .5));
      case "ended" ->
          WindowPosterior.of(
              curve(0, 1, 4, 2, 3, 5, 4, 2, 4).endingAt(new Curve.End(7, true)),
              7,
              new Prior(.4, .5, .5, 2, .3, .5, .3, .5, 50, 1));
      case "gradual" ->
          WindowPosterior.of(
              curve(0, 1, 9, 12, 3, 9, 20, 5, 9, 32, 6, 9, 40, 8, 9),
              40,
              new Prior(.5, .25, .25, 1, .2, .4, .4, .25, 100, 1));
      default ->
          WindowPosterior.of(
              curve(10, 3, 20, 30, 8, 20, 50, 15, 20, 70, 18, 20, 90, 19, 20),
              100,
              new Prior(.5, .25, .25, 1, .3, .5, 0, .5, 200, 1));
    };
  }

  private static double value(WindowPosterior posterior, String[] key) {
    if (key[1].equals("greatest")) {
      return value(posterior.greatest(.9), key[0]);
    }
    int number = Integer.parseInt(key[1]);
    if (key[0].equals("count")) {
      return posterior.count(number);
    }
    if (key[0].equals("curve")) {
      return posterior.curve(.9).stream()
          .filter(point -> point.position() == number)
          .findFirst()
          .orElseThrow()
          .mean();
    }
    return value(posterior.windows(number, .9).get(Integer.parseInt(key[2])), key[0]);
  }

  private static double value(Episode window, String name) {
    return switch (name) {
      case "rise" -> window.rise().mean();
      case "rises" -> window.rises();
      case "sharp" -> window.sharp();
      case "gradual" -> window.gradual();
      case "place" -> window.place().mean();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Map<String, Double> expected(String name) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(WindowPosteriorTest.class.getResourceAsStream("windows.tsv"))) {
      Map<String, Double> values = new TreeMap<>();
      for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        String[] cells = line.split("\t", -1);
        if (cells[0].equals(name)) {
          values.put(cells[1], Double.parseDouble(cells[2]));
        }
      }
      return values;
    }
  }

  /// Position, successes, trials; and so on.
  static Curve curve(int... numbers) {
    List<Curve.Point> points = new ArrayList<>();
    for (int i = 0; i < numbers.length; i += 3) {
      points.add(new Curve.Point(numbers[i], new Proportion(numbers[i + 1], numbers[i + 2])));
    }
    return new Curve(points);
  }

  @Test
  void withoutCountsItIsThePrior() {
    WindowPosterior posterior = WindowPosterior.of(new Curve(List.of()), 50);
    for (int m = 0; m <= Prior.STANDARD.most(); m++) {
      assertThat(posterior.count(m)).isCloseTo(Prior.STANDARD.count(m), within(1e-12));
    }
  }

  @Test
  void anEndThatIsKnownSaysNothingOfTheNumberOfWindows() {
    for (boolean holds : new boolean[] {true, false}) {
      Curve ended = new Curve(List.of()).endingAt(new Curve.End(50, holds));
      WindowPosterior posterior = WindowPosterior.of(ended, 50);
      for (int m = 0; m <= Prior.STANDARD.most(); m++) {
        assertThat(posterior.count(m)).isCloseTo(Prior.STANDARD.count(m), within(1e-12));
      }
    }
  }

  /// Six cuts that agree as often say nothing, until the end is known: then it rises behind the
  /// last one.
  @Test
  void aRiseBehindTheLastCutIsAWindow() {
    Curve counts = curve(10, 8, 25, 20, 7, 25, 60, 8, 25, 100, 9, 25, 140, 7, 25, 180, 8, 25);
    assertThat(WindowPosterior.of(counts, 201).noWindow()).isGreaterThan(.85);
    WindowPosterior ended = WindowPosterior.of(counts.endingAt(new Curve.End(201, true)), 201);
    assertThat(ended.noWindow()).isLessThan(.0005);
    assertThat(ended.verdict()).isEqualTo(Verdict.CLAIMED);
    Credible place = ended.greatest(.9).place();
    assertThat(place.interval()).isEqualTo(new Interval(180, 201));
    assertThat(place.probability()).isGreaterThan(.9);
    assertThat(ended.curve(.9).getLast().band()).isEqualTo(new Interval(1, 1));
  }

  @Test
  void anEndThatIsKnownToFailMirrorsOneThatHolds() {
    Curve low = curve(10, 20, 25, 90, 19, 25).endingAt(new Curve.End(100, false));
    Curve high = curve(10, 5, 25, 90, 6, 25).endingAt(new Curve.End(100, true));
    WindowPosterior falls = WindowPosterior.of(low, 100);
    WindowPosterior rises = WindowPosterior.of(high, 100);
    assertThat(falls.noWindow()).isCloseTo(rises.noWindow(), within(1e-6));
    assertThat(falls.windows(1, .9).getFirst().rise().mean())
        .isCloseTo(-rises.windows(1, .9).getFirst().rise().mean(), within(1e-6));
  }

  /// A plateau a little below the end needs no window to reach it.
  @Test
  void whatIsNearItsEndThroughoutIsNoWindow() {
    for (int same : new int[] {22, 23, 24, 25}) {
      Curve flat = curve(0, same, 25, 25, same, 25, 50, same, 25, 75, same, 25);
      WindowPosterior posterior = WindowPosterior.of(flat.endingAt(new Curve.End(100, true)), 100);
      assertThat(posterior.noWindow()).as("%s of 25", same).isGreaterThan(.7);
    }
  }

  @Test
  void whatIsHighFromTheBeginningWasDecidedBefore() {
    Curve high = curve(0, 50, 50, 25, 49, 50, 50, 50, 50, 75, 50, 50);
    Curve.End end = new Curve.End(100, true);
    assertThat(WindowPosterior.of(high.endingAt(end), 100).verdict()).isEqualTo(Verdict.BEFORE);
    assertThat(WindowPosterior.of(high, 100).beforehand()).isGreaterThan(.8);
    Curve half = curve(0, 25, 50, 25, 26, 50, 50, 24, 50, 75, 25, 50);
    assertThat(WindowPosterior.of(half, 100).verdict()).isEqualTo(Verdict.NONE);
    assertThat(WindowPosterior.of(half, 100).beforehand()).isLessThan(1e-6);
  }

  /// Each of the first and last ten tokens, between cuts 25 apart.
  @Test
  void stepsAtEveryOneOfTheFirstAndLastTokensAreHeld() {
    for (int near = 1; near <= 10; near++) {
      for (int step : new int[] {near, 501 - near}) {
        List<Curve.Point> points = new ArrayList<>();
        for (int kept = 0; kept < 500; kept += 25) {
          points.add(new Curve.Point(kept, new Proportion(kept < step ? 5 : 45, 50)));
        }
        Curve ended = new Curve(points).endingAt(new Curve.End(500, true));
        Interval place = WindowPosterior.of(ended, 500).greatest(.9).place().interval();
        assertThat(place.holds(step - .5)).as("a step at token %s: %s", step, place).isTrue();
      }
    }
  }

  @Test
  void aLongRiseIsGradualAndAShortOneIsNot() {
    List<Curve.Point> slow = new ArrayList<>();
    List<Curve.Point> fast = new ArrayList<>();
    for (int kept = 0; kept < 200; kept += 10) {
      double along = Math.clamp((kept - 20) / 160.0, 0, 1);
      slow.add(new Curve.Point(kept, new Proportion(Math.round(50 * (.1 + .8 * along)), 50)));
      fast.add(new Curve.Point(kept, new Proportion(kept < 95 ? 5 : 45, 50)));
    }
    Curve.End end = new Curve.End(200, true);
    Episode gradual = WindowPosterior.of(new Curve(slow).endingAt(end), 200).greatest(.9);
    assertThat(gradual.gradual()).isGreaterThan(.9);
    assertThat(gradual.width().interval().holds(160)).isTrue();
    assertThat(gradual.rise().interval().holds(.8)).isTrue();
    assertThat(gradual.from().interval().holds(20)).isTrue();
    assertThat(gradual.to().interval().holds(180)).isTrue();
    Episode sharp = WindowPosterior.of(new Curve(fast).endingAt(end), 200).greatest(.9);
    assertThat(sharp.gradual()).isLessThan(.01);
  }

  @Test
  void anEndThatIsNotTheResponsesIsRefused() {
    Curve ended = curve(1, 1, 2).endingAt(new Curve.End(9, true));
    assertThatThrownBy(() -> WindowPosterior.of(ended, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not the end of 10 tokens");
  }

  @Test
  void aCleanStepIsFoundBetweenThePositionsAroundIt() {
    WindowPosterior posterior =
        WindowPosterior.of(
            curve(0, 5, 25, 20, 4, 25, 40, 6, 25, 60, 24, 25, 80, 25, 25, 100, 25, 25), 100);
    assertThat(posterior.noWindow()).isLessThan(1e-6);
    assertThat(posterior.likeliest()).isEqualTo(1);
    Episode window = posterior.greatest(.9);
    assertThat(window.place().interval().low()).isBetween(36.0, 44.0);
    assertThat(window.place().interval().high()).isBetween(56.0, 64.0);
    assertThat(window.rise().interval().holds(.75)).isTrue();
    assertThat(window.rises()).isGreaterThan(.999);
  }

  @Test
  void aMistakeAndItsRecoveryAreTwoWindows() {
    WindowPosterior posterior =
        WindowPosterior.of(
            curve(0, 23, 25, 20, 24, 25, 40, 3, 25, 60, 2, 25, 80, 25, 25, 100, 25, 25), 100);
    assertThat(posterior.likeliest()).isEqualTo(2);
    List<Episode> windows = posterior.windows(2, .9);
    assertThat(windows.get(0).rise().interval().high()).isLessThan(-.5);
    assertThat(windows.get(1).rise().interval().low()).isGreaterThan(.5);
    assertThat(posterior.greatest(.9).rise().interval().low()).isGreaterThan(.4);
    assertThat(posterior.greatest(.9).place().interval().low()).isGreaterThan(50);
  }

  /// Each of two alike is known to lie within few tokens, but not which of them rises most.
  @Test
  void ofTwoRisesAlikeEitherCanBeTheGreatest() {
    WindowPosterior posterior =
        WindowPosterior.of(
            curve(
                0, 1, 25, 20, 0, 25, 30, 1, 25, 34, 12, 25, 50, 13, 25, 66, 12, 25, 70, 24, 25, 80,
                25, 25, 100, 25, 25),
            100);
    assertThat(posterior.likeliest()).isEqualTo(2);
    for (Episode window : posterior.windows(2, .9)) {
      assertThat(window.width().mean()).isLessThan(8);
      Interval place = window.place().interval();
      assertThat(place.high() - place.low()).isLessThan(25);
    }
    Credible place = posterior.greatest(.9).place();
    assertThat(place.interval().holds(32)).isTrue();
    assertThat(place.interval().holds(68)).isTrue();
    assertThat(place.probability()).isGreaterThan(.9);
  }

  @Test
  void theOnlyWindowThereCanBeIsTheGreatest() {
    Prior one = new Prior(.5, .25, 1, 1, .2, .5, 0, .25, 20, 1);
    WindowPosterior posterior =
        WindowPosterior.of(curve(0, 5, 25, 20, 4, 25, 40, 12, 25, 60, 24, 25, 80, 25, 25), 90, one);
    Episode greatest = posterior.greatest(.9);
    Episode window = posterior.windows(1, .9).getFirst();
    assertThat(greatest.place().mean()).isCloseTo(window.place().mean(), within(EXACT));
    assertThat(greatest.width().mean()).isCloseTo(window.width().mean(), within(EXACT));
    assertThat(greatest.rise().mean()).isCloseTo(window.rise().mean(), within(EXACT));
    assertThat(greatest.sharp()).isCloseTo(window.sharp(), within(EXACT));
    assertThat(greatest.rise().interval()).isEqualTo(window.rise().interval());
  }

  @Test
  void alikeCountsAreNoWindow() {
    WindowPosterior posterior =
        WindowPosterior.of(
            curve(0, 15, 25, 20, 14, 25, 40, 16, 25, 60, 15, 25, 80, 13, 25, 100, 16, 25), 100);
    assertThat(posterior.noWindow()).isGreaterThan(.9);
  }

  /// Positions, samples at each, and how often the curve turns over; the last ones have more counts
  /// at a position, or fewer turns, than any run so far.
  @ParameterizedTest
  @CsvSource({
    "48, 400, 6",
    "2000, 50, 5",
    "48, 1000000, 6",
    "300, 1000, 90",
    "48, 100000, 0",
    "7, 100000, 6"
  })
  void longJaggedCurvesHaveTheirWindowsWhereTheyTurn(int positions, int each, int turns) {
    int length = 2000;
    List<Curve.Point> points = new ArrayList<>();
    for (int i = 0; i < positions; i++) {
      int up = (int) ((long) i * (turns + 1) / positions) % 2;
      points.add(new Curve.Point(length * i / positions, new Proportion((long) up * each, each)));
    }
    Curve curve = new Curve(points);
    WindowPosterior posterior = WindowPosterior.of(curve, length);
    Episode greatest = posterior.greatest(.9);
    if (turns == 0) {
      assertThat(posterior.noWindow()).isGreaterThan(.9);
    } else {
      assertThat(posterior.noWindow()).isLessThan(1e-6);
      assertThat(greatest.rises()).isGreaterThan(.999);
      assertThat(turnsWithin(points, greatest.from().interval(), greatest.to().interval()))
          .isPositive();
    }
    assertThat(posterior.windows(posterior.likeliest(), .9))
        .allSatisfy(window -> assertThat(window.rise().mean()).isBetween(-1.0, 1.0));
    assertThat(posterior.curve(.9))
        .allSatisfy(point -> assertThat(point.mean()).isBetween(0.0, 1.0));
    assertThat(AdaptiveSearch.STANDARD.found(curve, length).isPresent()).isEqualTo(turns > 0);
  }

  /// Neighbours, the second decided and the first not, that these edges can lie between.
  private static long turnsWithin(List<Curve.Point> points, Interval from, Interval to) {
    return IntStream.range(1, points.size())
        .filter(i -> points.get(i - 1).proportion().successes() == 0)
        .filter(i -> points.get(i).proportion().successes() > 0)
        .filter(i -> points.get(i).position() >= from.low())
        .filter(i -> points.get(i - 1).position() <= to.high())
        .count();
  }

  /// No level of a plateau comes near: each is less likely than a double can say.
  @Test
  void countsThatNoPlateauCanGiveHaveAPosteriorToo() {
    Prior smooth = new Prior(.5, .25, 1, 3, .2, .5, 0, .25, 1e9, 1);
    int n = 1_000_000;
    WindowPosterior posterior =
        WindowPosterior.of(curve(0, 525_000, n, 50, 525_000, n, 90, 525_000, n), 100, smooth);
    assertThat(IntStream.rangeClosed(0, 3).mapToDouble(posterior::count).sum())
        .isCloseTo(1, within(EXACT));
    assertThat(posterior.greatest(.9).place().mean()).isBetween(0.0, 100.0);
  }

  @Test
  void whatLiesOutsideOfTheResponseIsRefused() {
    assertThatThrownBy(() -> WindowPosterior.of(curve(11, 1, 2), 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("outside of 10 tokens");
  }
}
