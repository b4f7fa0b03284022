package criticalwindows.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.cot.CotFinding;
import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;
import criticalwindows.stats.Proportion;
import criticalwindows.world.Posterior;
import criticalwindows.world.ProgramDecision;
import criticalwindows.world.Question;
import criticalwindows.world.WorldSet;
import criticalwindows.world.Worlds;
import criticalwindows.world.WrittenReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExactFindingTest {
  private static final CutPlan CUTS = CutPlan.parse("0,.3,.6,.9");
  private static final Question METHOD = Worlds.read("world:method", 1, 7).questions().getFirst();

  private final WrittenReply reply = WrittenReply.sample(METHOD, new SplittableRandom(3));

  @Test
  void theCurveIsThePosteriorAtEveryToken() {
    for (Question question : Worlds.read("world", 25, 7).questions()) {
      WrittenReply written = WrittenReply.sample(question, new SplittableRandom(3));
      ExactFinding.Drawn drawn = drawn(question, 4, written);
      int tokens = (written.text().length() + 3) / 4;
      assertThat(drawn.curve()).hasSize(tokens + 1);
      for (int kept = 0; kept <= tokens; kept++) {
        String prefix = written.text().substring(0, Math.min(written.text().length(), 4 * kept));
        assertThat(drawn.curve().get(kept))
            .isCloseTo(Posterior.of(question, prefix).probability(written.answer()), within(1e-12));
      }
      assertThat(drawn.curve().getLast()).isEqualTo(1);
    }
  }

  @Test
  void theOneDecisionOfAMethodIsTheDecisiveStep() {
    CurveStep step = drawn(METHOD, 1, reply).decisive().orElseThrow();
    ProgramDecision decision = reply.decisions().getFirst();
    assertThat(step.decision().orElseThrow()).isEqualTo(decision);
    assertThat(step.kept()).isGreaterThan(decision.offset());
    assertThat(step.text()).isEqualTo(reply.text().substring(step.kept() - 1, step.kept()));
    assertThat(step.rise()).isCloseTo(1 - step.probability().orElseThrow(), within(1e-12));
  }

  /// Taken or not: the step that a decision's text makes is put down to that decision, also where
  /// another one begins at the same place.
  @Test
  void everyStepIsOfADecisionThatBeganBeforeIt() {
    int steps = 0;
    for (Question question : Worlds.read("world:arithmetic", 60, 7).questions()) {
      WrittenReply written = WrittenReply.sample(question, new SplittableRandom(steps));
      for (CurveStep step : drawn(question, 1, written).steps()) {
        assertThat(step.decision().orElseThrow().offset()).isLessThan(step.kept());
        assertThat(written.decisions()).contains(step.decision().orElseThrow());
        if (step.text().equals("W") && step.decision().orElseThrow().name().equals("notice")) {
          assertThat(step.decision().orElseThrow().taken()).isEqualTo(1);
        }
        steps++;
      }
    }
    assertThat(steps).isGreaterThan(100);
  }

  @Test
  void theCellsAreTheMeasuredCutsWithTheExactValuesThere() {
    CotFinding finding =
        new Originals(METHOD, 4, CUTS).finding(reply.text(), said(reply), said(reply), "none");
    ExactFinding.Drawn drawn = (ExactFinding.Drawn) ExactReading.of(finding, WorldText.of(METHOD));
    assertThat(drawn.cells()).hasSize(4);
    for (Cell cell : drawn.cells()) {
      assertThat(cell.measured()).isEqualTo(new Proportion(1, 2));
      assertThat(cell.exact()).isEqualTo(drawn.curve().get(cell.kept()));
      assertThat(cell.apart()).isEqualTo(Math.abs(.5 - cell.exact()));
    }
    assertThat(drawn.distance()).isEqualTo(Distance.of(drawn.cells()));
  }

  /// The exact curve is of texts that end: those that met a limit are not held against it.
  @Test
  void continuationsThatWereCutOffAreLeftOutAndCounted() {
    Originals originals = new Originals(METHOD, 4, CUTS);
    String cut = Originals.CUT_OFF;
    CotFinding finding = originals.finding(reply.text(), said(reply), said(reply), "none", cut);
    ExactFinding.Drawn drawn = (ExactFinding.Drawn) ExactReading.of(finding, WorldText.of(METHOD));
    assertThat(drawn.cells())
        .hasSize(4)
        .allSatisfy(cell -> assertThat(cell.measured()).isEqualTo(new Proportion(1, 2)));
    assertThat(drawn.cutOff()).isEqualTo(4);
    CotFinding none = originals.finding(reply.text(), said(reply), cut, cut);
    ExactStudy study =
        ExactStudy.of(
            Sampling.PLAIN, List.of(none), Map.of(none.problem().id(), WorldText.of(METHOD)));
    assertThat(study.distance().known()).isFalse();
    assertThat(study.cutOff()).isEqualTo(8);
  }

  @Test
  void whatTheGeneratorNeverWritesIsNamedWithThePlaceWhereItLeaves() {
    Originals originals = new Originals(METHOD, 1, CUTS);
    String text = reply.text();
    String wrong = text.substring(0, 60) + "#" + text.substring(61);
    assertThat(ExactReading.of(originals.finding(wrong, said(reply)), WorldText.of(METHOD)))
        .isEqualTo(new ExactFinding.Outside(60));
    String short1 = text.substring(0, text.length() - 1);
    assertThat(ExactReading.of(originals.finding(short1, said(reply)), WorldText.of(METHOD)))
        .isEqualTo(new ExactFinding.Outside(short1.length()));
    assertThat(ExactReading.of(originals.finding("", said(reply)), WorldText.of(METHOD)))
        .isEqualTo(new ExactFinding.Outside(0));
    String foreign = "Ünglück " + text;
    assertThat(ExactReading.of(originals.finding(foreign, said(reply)), WorldText.of(METHOD)))
        .isEqualTo(new ExactFinding.Outside(0));
  }

  @Test
  void anOriginalWithoutAnAnswerHasNoCurve() {
    CotFinding finding = new Originals(METHOD, 4, CUTS).finding(reply.text(), "I do not know");
    assertThat(ExactReading.of(finding, WorldText.of(METHOD))).isEqualTo(new ExactFinding.Unread());
  }

  /// The curve is that of the answer read in the follow-up turn, which is what continuations are
  /// compared with.
  @Test
  void theCurveIsOfTheAnswerThatWasRead() {
    Posterior prior = Posterior.of(METHOD, "");
    String other =
        prior.answers().keySet().stream()
            .filter(answer -> !answer.equals(reply.answer()))
            .findFirst()
            .orElseThrow();
    CotFinding finding =
        new Originals(METHOD, 4, CUTS).finding(reply.text(), "The answer is " + other + ".");
    ExactFinding.Drawn drawn = (ExactFinding.Drawn) ExactReading.of(finding, WorldText.of(METHOD));
    assertThat(drawn.curve().getFirst()).isCloseTo(prior.probability(other), within(1e-12));
    assertThat(drawn.curve().getLast()).isZero();
    // It never rises, so the step that falls most decides.
    double fall = drawn.steps().stream().mapToDouble(CurveStep::rise).min().orElseThrow();
    assertThat(drawn.decisive().orElseThrow().rise()).isEqualTo(fall).isNegative();
  }

  /// Continuations drawn from the program itself: over many problems the mean distance of an exact
  /// model lies in the range that noise is said to give, in about 95 of 100 studies.
  @Test
  void anExactModelIsAsFarAwayAsItsNoise() {
    WorldSet set = Worlds.read("world", 10, 7);
    SplittableRandom random = new SplittableRandom(11);
    int inside = 0;
    double ratios = 0;
    for (int study = 0; study < 100; study++) {
      List<Cell> cells = new ArrayList<>();
      for (Question question : set.questions()) {
        String answer = WrittenReply.sample(question, random).answer();
        double exact = Posterior.of(question, "").probability(answer);
        int same = 0;
        for (int i = 0; i < 16; i++) {
          same += WrittenReply.sample(question, random).answer().equals(answer) ? 1 : 0;
        }
        cells.add(new Cell(0, new Proportion(same, 16), exact));
      }
      Distance distance = Distance.of(cells);
      inside += distance.range().holds(distance.mean()) ? 1 : 0;
      ratios += distance.mean() / distance.noise() / 100;
    }
    assertThat(inside).isBetween(88, 100);
    assertThat(ratios).isCloseTo(1, within(.06));
  }

  @Test
  void aDistanceIsOverItsCellsAndNoneWithoutAny() {
    Cell near = new Cell(3, new Proportion(2, 4), .5);
    Cell far = new Cell(9, new Proportion(0, 1), .5);
    Distance distance = Distance.of(List.of(near, far));
    assertThat(distance.cells()).isEqualTo(2);
    assertThat(distance.mean()).isEqualTo(.25);
    assertThat(distance.noise()).isCloseTo((.1875 + .5) / 2, within(1e-14));
    assertThat(Distance.of(List.of()).known()).isFalse();
    // Certain cells have no noise; one that differs all the same is plainly apart.
    Distance certain = Distance.of(List.of(new Cell(0, new Proportion(3, 4), 1)));
    assertThat(certain.mean()).isEqualTo(.25);
    assertThat(certain.range().high()).isZero();
  }

  @Test
  void aStudyCountsWhatItCannotDrawAndComparesPlainSamplingOnly() {
    Originals originals = new Originals(METHOD, 4, CUTS);
    CotFinding good = originals.finding(reply.text(), said(reply), said(reply));
    CotFinding outside = originals.finding("Hello.", said(reply), said(reply));
    Map<String, WorldText> questions = Map.of(good.problem().id(), WorldText.of(METHOD));
    ExactStudy study = ExactStudy.of(Sampling.PLAIN, List.of(good), questions);
    assertThat(study.drawn()).isEqualTo(1);
    assertThat(study.distance().cells()).isEqualTo(4);
    ExactStudy away = ExactStudy.of(Sampling.PLAIN, List.of(outside), questions);
    assertThat(away.outside()).isEqualTo(1);
    assertThat(away.distance().known()).isFalse();
    ExactStudy cool = ExactStudy.of(new Sampling(.6, 1), List.of(good), questions);
    assertThat(cool.comparable()).isFalse();
    assertThat(cool.drawn()).isEqualTo(1);
    assertThat(cool.distance().known()).isFalse();
    assertThat(ExactStudy.of(Sampling.PLAIN, List.of(good), Map.of()).known()).isFalse();
  }

  private static ExactFinding.Drawn drawn(Question question, int stride, WrittenReply written) {
    CotFinding finding =
        new Originals(question, stride, CUTS).finding(written.text(), said(written));
    return (ExactFinding.Drawn) ExactReading.of(finding, WorldText.of(question));
  }

  private static String said(WrittenReply written) {
    return String.format(Locale.ROOT, "The answer is %s.", written.answer());
  }
}
