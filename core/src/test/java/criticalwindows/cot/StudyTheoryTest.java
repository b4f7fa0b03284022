package criticalwindows.cot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.cot.StudyTheory.Row;
import criticalwindows.model.ToyModel;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.theory.Bounds;
import criticalwindows.theory.FiniteLaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Problems whose laws are written down: three decisions in nine tokens, one token in three. What
/// is exact comes from summing over all texts.
class StudyTheoryTest {
  private static final double EPSILON = .2;
  private static final List<Integer> KEPT = List.of(0, 4, 7);

  private static final List<FiniteLaw> LAWS =
      List.of(law(.7, .6, .6), law(.9, .95, .9), law(.5, .8, .97), law(.3, .9, .5));

  private static FiniteLaw law(double... probs) {
    List<Double> each = java.util.Arrays.stream(probs).boxed().toList();
    FiniteLaw fine = FiniteLaw.of(new ToyModel.OrderedDecisions(each));
    return fine;
  }

  /// The mean over laws and originals of what is exact of the original's class.
  private interface Exact {
    double of(FiniteLaw law, Set<String> meaning);
  }

  private static double mean(Exact exact) {
    double sum = 0;
    for (FiniteLaw law : LAWS) {
      for (String meaning : law.meanings()) {
        sum += law.probability(Set.of(meaning)) * exact.of(law, Set.of(meaning));
      }
    }
    return sum / LAWS.size();
  }

  private static List<Row> draw(SplittableRandom random, int problems, int samples) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < problems; i++) {
      FiniteLaw law = LAWS.get(random.nextInt(LAWS.size()));
      double left = random.nextDouble();
      int text = 0;
      while (text < law.texts().size() - 1 && left > law.texts().get(text).probability()) {
        left -= law.texts().get(text++).probability();
      }
      Set<String> own = Set.of(law.texts().get(text).meaning());
      List<Row.Cut> cuts = new ArrayList<>();
      for (int kept : KEPT) {
        double value = law.value(own, text, kept);
        long same = IntStream.range(0, samples).filter(s -> random.nextDouble() < value).count();
        cuts.add(new Row.Cut(kept / 9.0, kept, new Proportion(same, samples)));
      }
      rows.add(new Row(cuts));
    }
    return rows;
  }

  @Test
  void whatIsSaidHoldsWhatIsExact() {
    SplittableRandom random = new SplittableRandom(20);
    double share = mean((law, own) -> law.probability(own));
    double published =
        mean((law, own) -> Math.min(1, Bounds.of(EPSILON, law.probability(own)).published()));
    double sharper =
        mean(
            (law, own) ->
                Math.min(1, Bounds.of(EPSILON, law.probability(own)).sharper() - EPSILON));
    int rounds = 150;
    int[] held = new int[10];
    for (int round = 0; round < rounds; round++) {
      StudyTheory study = StudyTheory.ofRows(draw(random, 24, 25), EPSILON);
      StudyTheory.Classes classes = study.classes().orElseThrow();
      held[0] += classes.share().interval(.95).holds(share) ? 1 : 0;
      held[1] += classes.published().holds(published) ? 1 : 0;
      held[2] += classes.sharper().holds(sharper) ? 1 : 0;
      for (int at = 1; at < KEPT.size(); at++) {
        int kept = KEPT.get(at);
        StudyTheory.Level level = study.levels().get(at);
        StudyTheory.Distances distances = level.distances().orElseThrow();
        double consistency = mean((law, own) -> law.consistency(own, kept));
        double apart = mean((law, own) -> law.distance(own, law.rest(own), kept));
        double alike = mean((law, own) -> law.distance(own, law.meanings(), kept));
        held[3 * at] += level.interval().holds(consistency) ? 1 : 0;
        held[3 * at + 1] += distances.apart().holds(apart) ? 1 : 0;
        held[3 * at + 2] += distances.alike() >= alike ? 1 : 0;
      }
    }
    // 150 rounds at .95: fewer than 135 have probabilities of .005.
    assertThat(held)
        .startsWith(held)
        .satisfies(h -> assertThat(IntStream.of(h).limit(9)).allMatch(n -> n >= 135));
  }

  /// Large samples: the bounds are close enough to say something, and no closer than is true.
  @Test
  void withManySamplesTheBoundsSaySomething() {
    StudyTheory study = StudyTheory.ofRows(draw(new SplittableRandom(3), 400, 400), EPSILON);
    StudyTheory.Distances start = study.levels().getFirst().distances().orElseThrow();
    assertThat(start.apart()).isEqualTo(new Interval(0, 0));
    assertThat(start.alike()).isZero();
    StudyTheory.Distances late = study.levels().getLast().distances().orElseThrow();
    assertThat(late.apart().high()).isLessThan(1);
    assertThat(study.classes().orElseThrow().published().width()).isLessThan(.2);
  }

  /// Responses that were decided before the first cut, by classes of π = ½: all continuations from
  /// there agree. Read off that cut, π would be 1 and the class like everything.
  @Test
  void aFirstCutThatKeepsSomethingTellsNothingOfTheClasses() {
    Row row =
        new Row(
            List.of(
                new Row.Cut(.85, 85, new Proportion(60, 60)),
                new Row.Cut(.95, 95, new Proportion(60, 60))));
    StudyTheory study = StudyTheory.ofRows(List.of(row, row, row, row, row), .1);
    assertThat(study.classes()).isEmpty();
    assertThat(study.levels()).allSatisfy(level -> assertThat(level.distances()).isEmpty());
    assertThat(study.levels().getFirst().consistency().estimate()).isEqualTo(1);
    List<Row.Cut> cuts = new ArrayList<>(row.cuts());
    cuts.addFirst(new Row.Cut(0, 0, new Proportion(30, 60)));
    Row whole = new Row(cuts);
    StudyTheory known = StudyTheory.ofRows(List.of(whole, whole, whole, whole, whole), .1);
    // TV(class, everything) is 1 - π = .5 there.
    assertThat(known.levels().get(1).distances().orElseThrow().alike()).isGreaterThan(.5);
  }

  @Test
  void problemsWithPlacesOfTheirOwnAreNotMixed() {
    Row one = new Row(List.of(new Row.Cut(0, 0, new Proportion(1, 4))));
    Row other =
        new Row(
            List.of(
                new Row.Cut(0, 0, new Proportion(1, 4)), new Row.Cut(.4, 4, new Proportion(4, 4))));
    StudyTheory study = StudyTheory.ofRows(List.of(one, other), .1);
    assertThat(study.problems()).isEqualTo(2);
    assertThat(study.levels()).isEmpty();
  }

  /// One quantity: the mean over problems (.75) stands within its interval, and is not the pooled
  /// share (2 of 11).
  @Test
  void consistencyIsTheMeanOverProblemsAndSoIsItsInterval() {
    Row none = new Row(List.of(new Row.Cut(0, 0, new Proportion(5, 10))));
    Row all = new Row(List.of(new Row.Cut(0, 0, new Proportion(1, 1))));
    StudyTheory.Level level = StudyTheory.ofRows(List.of(none, all), .1).levels().getFirst();
    assertThat(level.consistency().estimate()).isCloseTo(.75, within(1e-12));
    assertThat(level.interval().holds(.75)).isTrue();
  }

  @Test
  void oneProblemGivesNothingThatCannotBe() {
    Row only =
        new Row(
            List.of(
                new Row.Cut(0, 0, new Proportion(0, 3)), new Row.Cut(.5, 5, new Proportion(3, 3))));
    StudyTheory study = StudyTheory.ofRows(List.of(only), .1);
    StudyTheory.Classes classes = study.classes().orElseThrow();
    for (Interval interval :
        List.of(
            classes.share().interval(.95),
            classes.published(),
            classes.sharper(),
            study.levels().getLast().interval(),
            study.levels().getLast().distances().orElseThrow().apart())) {
      assertThat(interval.low()).isBetween(0.0, 1.0);
      assertThat(interval.high()).isBetween(0.0, 1.0);
    }
    assertThat(study.levels().getLast().distances().orElseThrow().separated(.1))
        .isEqualTo(Optional.empty());
  }
}
