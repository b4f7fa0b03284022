package criticalwindows.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.error.UserError;
import criticalwindows.world.Posterior;
import criticalwindows.world.Question;
import criticalwindows.world.Worlds;
import criticalwindows.world.WrittenReply;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorldCurvesTest {
  private static List<GivenCurve> draw(int problems, GivenCurves.Lines lines) {
    return WorldCurves.draw(Worlds.MIX, problems, 5, lines);
  }

  /// A curve is told at few positions; as a step between them it is exact at each character.
  @Test
  void aCurveIsThePosteriorAtEveryCharacter() {
    List<Question> questions = Worlds.read(Worlds.MIX, 10, 5).questions();
    for (GivenCurve curve : draw(10, GivenCurves.Lines.ALL)) {
      Question question = questions.get(curve.line() - 1);
      WrittenReply reply = WrittenReply.sample(question, new SplittableRandom(5 + curve.line()));
      assertThat(curve.length()).isEqualTo(reply.text().length());
      for (int kept = 0; kept <= curve.length(); kept++) {
        Posterior exact = Posterior.of(question, reply.text().substring(0, kept));
        assertThat(curve.value(kept)).isCloseTo(exact.probability(reply.answer()), within(1e-9));
      }
      assertThat(curve.value(curve.length())).isCloseTo(1, within(1e-9));
      assertThat(curve.tokens(0)).isEqualTo(curve.length());
    }
  }

  /// A step of one character is one token wide, however few positions are told.
  @Test
  void theWorldHasWindowsOfEveryKind() {
    List<GivenCurve> curves = draw(200, GivenCurves.Lines.ALL);
    assertThat(curves.stream().map(GivenCurve::kind).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(GivenCurve.Kind.values());
    assertThat(curves.stream().flatMap(curve -> curve.window().stream()))
        .anyMatch(window -> window.width() == 1);
  }

  @Test
  void aSeedGivesTheSameCurvesAndLinesAreParts() {
    List<GivenCurve> odd = draw(6, GivenCurves.Lines.ODD);
    List<GivenCurve> even = draw(6, GivenCurves.Lines.EVEN);
    assertThat(odd).extracting(GivenCurve::line).containsExactly(1, 3, 5);
    assertThat(even).extracting(GivenCurve::line).containsExactly(2, 4, 6);
    GivenCurve fourth = draw(6, GivenCurves.Lines.ALL).get(3);
    assertThat(fourth.values()).isEqualTo(even.get(1).values());
    assertThat(fourth.kept()).isEqualTo(even.get(1).kept());
  }

  @Test
  void noOtherWorldIsKnown() {
    assertThatThrownBy(() -> WorldCurves.draw("world:none", 3, 1, GivenCurves.Lines.ALL))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("world:none");
  }

  @Test
  void linesWithoutACurveAreAUserError() {
    assertThatThrownBy(() -> draw(1, GivenCurves.Lines.EVEN))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no line of 1 is even");
  }
}
