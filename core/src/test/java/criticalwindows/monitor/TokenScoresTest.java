package criticalwindows.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.model.Completion;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Scored;
import criticalwindows.model.Tokens;
import criticalwindows.ratio.Role;
import criticalwindows.ratio.Scores;
import criticalwindows.ratio.TextScores;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenScoresTest {
  private static final float[] ALIGNED = {-.5f, -3, -.25f, -1};
  private static final float[] UNALIGNED = {-1, -.5f, -.125f, -4};

  private static Completion of(float... logProbs) {
    List<Scored> one = List.of(new Scored(LogProbs.of(logProbs)));
    return new Completion(List.of(), List.of(one), Duration.ZERO);
  }

  private static TokenScore.Following begun(String score) {
    Tokens word = Tokens.of(7);
    return TokenScores.named(score).begin(new Questions(2, Tokens.none(), word, word), word);
  }

  private static void take(TokenScore.Following following, int from, int to)
      throws InterruptedException {
    following.take(
        Tokens.of(IntStream.range(from, to).toArray()),
        Map.of(
            Role.ALIGNED, of(Arrays.copyOfRange(ALIGNED, from, to)),
            Role.UNALIGNED, of(Arrays.copyOfRange(UNALIGNED, from, to))));
  }

  @Test
  void scoresOfAStreamAreThoseOfTheWholeText() throws InterruptedException {
    TextScores.OfModel aligned = new TextScores.OfModel(LogProbs.NONE, LogProbs.of(ALIGNED), 0);
    TextScores.OfModel unaligned = new TextScores.OfModel(LogProbs.NONE, LogProbs.of(UNALIGNED), 0);
    TextScores text = new TextScores(Problem.open("texts", "one", "?"), aligned, unaligned);
    for (String name : List.of("ratio", "ratio-sum", "aligned", "unaligned")) {
      TokenScore.Following following = begun(name);
      take(following, 0, 3);
      following.rewind(1);
      take(following, 1, 2);
      take(following, 2, 4);
      for (int token = 0; token < 4; token++) {
        double whole =
            Scores.ALL.stream()
                .filter(score -> score.name().equals(name))
                .findFirst()
                .orElseThrow()
                .of(text, token + 1);
        assertThat(following.after(token)).as(name + token).isCloseTo(whole, within(1e-9));
      }
    }
    assertThat(TokenScores.named("ratio").asks()).containsExactly(Role.ALIGNED, Role.UNALIGNED);
    assertThat(TokenScores.named("aligned").asks()).containsExactly(Role.ALIGNED);
  }

  @Test
  void aTokenWithoutAnyProbabilityIsNoNumber() throws InterruptedException {
    Map<Role, Completion> none = Map.of(Role.ALIGNED, of(Float.NEGATIVE_INFINITY));
    assertThatThrownBy(() -> begun("aligned").take(Tokens.of(1), none))
        .isInstanceOfSatisfying(
            UserError.class,
            error -> {
              assertThat(error)
                  .hasMessage("the aligned model gives one of its tokens no probability at all");
              assertThat(error.hint()).contains("plain");
            });
    assertThatThrownBy(() -> TokenScores.named("ration"))
        .isInstanceOf(UserError.class)
        .hasMessage("no score named ration");
  }
}
