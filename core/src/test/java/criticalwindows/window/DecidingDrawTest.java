package criticalwindows.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.dataset.Problem;
import criticalwindows.localise.Credible;
import criticalwindows.localise.Episode;
import criticalwindows.model.Models;
import criticalwindows.model.Sampled;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.Written;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Predicted;
import criticalwindows.rollout.Sample;
import criticalwindows.stats.Interval;
import criticalwindows.window.DecidingDraw.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecidingDrawTest {
  /// Where twenty names are as likely as each other, none of them is an unlikely draw.
  @ParameterizedTest
  @CsvSource({
    ".95, .95, ALWAYS",
    ".9, .9, ALWAYS",
    ".89, .89, UNDECIDED",
    ".5, .5, UNDECIDED",
    ".11, .8, UNDECIDED",
    ".1, .8, UNLIKELY",
    ".1, .51, UNLIKELY",
    ".1, .5, UNDECIDED",
    ".05, .05, UNDECIDED",
    "0, .3, UNDECIDED",
    "0, .99, UNLIKELY"
  })
  void theKindFollowsFromTwoProbabilities(double drawn, double likeliest, Kind kind) {
    assertThat(new DecidingDraw(3, "it", drawn, "so", likeliest, .4).kind()).isEqualTo(kind);
  }

  /// Fillers are `a` nine times in ten; the second decision is 1 with probability .4.
  @Test
  void ofAToyModelTheNumbersAreKnown() throws InterruptedException {
    Sample original = original();
    String text = original.text();
    for (int token = 0; token < text.length(); token++) {
      double one = token == 2 ? .7 : token == 5 ? .4 : .9;
      boolean first = text.charAt(token) == (token % 3 == 2 ? '1' : 'a');
      DecidingDraw draw = DecidingDraw.at(token, original).orElseThrow();
      assertThat(draw.token()).isEqualTo(token);
      assertThat(draw.drawn()).isCloseTo(first ? one : 1 - one, within(1e-6));
      assertThat(draw.likeliest()).isCloseTo(Math.max(one, 1 - one), within(1e-6));
      assertThat(draw.text()).isEqualTo(text.substring(token, token + 1));
      assertThat(draw.mostOften()).isEqualTo(token == 5 ? "0" : token == 2 ? "1" : "a");
      assertThat(draw.entropy())
          .isCloseTo(-one * Math.log(one) - (1 - one) * Math.log(1 - one), within(1e-6));
    }
    assertThat(DecidingDraw.at(text.length() + 1, original)).isEmpty();
  }

  /// Tokens 2 to 6 are possible. With a rise of .35 or more it is neither of the fillers, though
  /// one is nearest; with a small rise, or a wide window, it is.
  @ParameterizedTest
  @CsvSource({".35, 1, 5", ".05, 1, 4", ".35, 7, 4", "-.35, 1, 5"})
  void aWindowsTokenIsTheNearestAtWhichItsStepCanBe(double rise, int width, int token)
      throws InterruptedException {
    Sample original = original();
    assertThat(original.text()).isEqualTo("aa1aa0");
    Credible none = known(0, 0, 0);
    Credible height = rise > 0 ? known(rise + .1, rise, 1) : known(rise - .1, -1, rise);
    Credible wide = known(width, 1, width);
    Episode episode = new Episode(known(4.6, 2, 6), none, none, wide, height, 1, 0, 1);
    WindowFinding window =
        new WindowFinding("p", 10, 0, 0, episode, List.of(), List.of(), List.of());
    assertThat(DecidingDraw.of(window, original).orElseThrow())
        .isEqualTo(DecidingDraw.at(token, original).orElseThrow());
  }

  private static Credible known(double mean, double low, double high) {
    return new Credible(mean, new Interval(low, high), .9);
  }

  private static Sample original() throws InterruptedException {
    ToyModel model = ToyModel.threeChoices();
    Step step = Step.sample(Sampling.PLAIN, 20).withPredictions();
    Script script = new Script(Tokens.of(':'), List.of(step), 4L);
    Sampled sampled = Models.run(model, script).last();
    Problem problem = Problem.of("toy", "given", "Which?", List.of(), "$1$");
    return new Sample(
        Key.original(problem.id()),
        Sample.Turn.RESPONSE,
        sampled.tokens(),
        model.vocabulary().decode(sampled.tokens()),
        Written.of(model.vocabulary(), sampled.tokens()).ends(),
        sampled.finish(),
        sampled.logProbs(),
        sampled.probs(),
        sampled.predictions().stream()
            .map(one -> new Predicted(one, model.vocabulary().show(one.likeliest())))
            .toList(),
        4L,
        "toy",
        1,
        Duration.ZERO);
  }
}
