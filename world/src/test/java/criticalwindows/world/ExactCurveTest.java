package criticalwindows.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.world.ExactCurve.Jump;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExactCurveTest {
  private static final MethodChoice QUESTION =
      new MethodChoice(
          "Which?", List.of(), Cue.GRASS, new Setting.Rectangle("Mia", "yard", "grass", 7, 3, 2));

  @Test
  void itStartsAtThePriorAndEndsAtOne() {
    WrittenReply reply = WrittenReply.sample(QUESTION, new SplittableRandom(1));
    ExactCurve curve = along(reply, 1);
    double prior = Posterior.of(QUESTION, "").probability(reply.answer());
    assertThat(curve.points().getFirst().probability()).isCloseTo(prior, within(1e-12));
    assertThat(curve.points().getLast().probability()).isCloseTo(1, within(1e-12));
  }

  @Test
  void theOnlyDecisionIsTheOnlyJump() {
    WrittenReply reply = WrittenReply.sample(QUESTION, new SplittableRandom(1));
    ProgramDecision decision = reply.decisions().getFirst();
    List<Jump> decisive = along(reply, 1).decisive(1e-6);
    assertThat(decisive).hasSize(1);
    Jump jump = decisive.getFirst();
    // Both ways begin " We use the ": the character after it decides.
    assertThat(jump.from()).isEqualTo(decision.offset() + " We use the ".length());
    assertThat(jump.to()).isEqualTo(jump.from() + 1);
    assertThat(jump.rise())
        .isCloseTo(1 - decision.options().get(decision.taken()).probability(), within(1e-12));
    assertThat(along(reply, 1).largestRise()).contains(jump);
  }

  @Test
  void aMistakeThatIsMendedFallsAndRises() {
    Syllogism chain =
        new Syllogism(
            "Is it?",
            List.of(Syllogism.YES, Syllogism.NO, Syllogism.OPEN),
            "Mia",
            List.of("zorbs", "quims", "grobs"),
            List.of(Syllogism.Relation.SOME, Syllogism.Relation.ALL));
    WrittenReply reply =
        WrittenReply.sample(
                chain,
                " Mia is one of the zorbs. Clue 1: Some zorbs are quims, so",
                new SplittableRandom(1))
            .orElseThrow();
    ExactCurve curve = ExactCurve.of(chain, reply.text(), "(C)", positions(reply, 1));
    assertThat(curve.decisive(.5))
        .singleElement()
        .satisfies(jump -> assertThat(jump.rise()).isCloseTo(-.65, within(1e-12)));
    assertThat(curve.largestRise()).isEmpty();
  }

  @Test
  void aTextOutsideTheSupportHasNoCurve() {
    assertThatThrownBy(() -> ExactCurve.of(QUESTION, "No.", "$42$", List.of(0, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the program never writes the first 2 characters of \"No.\"");
  }

  @Test
  void positionsGrow() {
    assertThatThrownBy(() -> ExactCurve.of(QUESTION, " We", "$42$", List.of(1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a curve's positions grow");
  }

  private static ExactCurve along(WrittenReply reply, int step) {
    return ExactCurve.of(QUESTION, reply.text(), reply.answer(), positions(reply, step));
  }

  private static List<Integer> positions(WrittenReply reply, int step) {
    return IntStream.rangeClosed(0, reply.text().length() / step)
        .map(i -> i * step)
        .boxed()
        .toList();
  }
}
