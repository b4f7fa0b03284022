package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.monitor.Followed;
import criticalwindows.monitor.MixedScore;
import criticalwindows.monitor.Monitor;
import criticalwindows.monitor.Questions;
import criticalwindows.monitor.TokenScores;
import criticalwindows.ratio.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A monitor that reads a response piece by piece finds what it finds of the whole, and the engine
/// computes no token twice.
class MonitoredPiecesTest {
  private static final String TEXT =
      " Olga has 17 stamps. She buys 6 boxes with 7 stamps in each, which is 42 stamps.";

  /// Tokens computed and scores of a response in pieces of so many tokens.
  private record Read(long computed, List<Double> scores) {}

  private static Questions questions(Vocabulary words, int every) {
    return new Questions(
        every,
        BuiltIn.header(words, "assistant"),
        words.encode("I cannot help"),
        words.encode("Sure, here is"));
  }

  private static Read read(LlamaModel model, String score, int size) throws InterruptedException {
    Vocabulary words = model.vocabulary();
    Tokens response = words.encode(TEXT);
    model.forget(400);
    Counters before = model.counters();
    Monitor monitor =
        new Monitor(
            MixedScore.of(TokenScores.named(score)),
            questions(words, 4),
            Map.of(Role.ALIGNED, model));
    Followed followed = monitor.begin("one", BuiltIn.question(words, 17));
    for (int from = 0; from < response.size(); from += size) {
      Tokens next = response.slice(from, Math.min(response.size(), from + size));
      monitor.read(List.of(new Monitor.Piece(followed, next, Monitor.More.COMES)));
    }
    assertThat(followed.read()).isEqualTo(response);
    return new Read(
        model.counters().since(before).computedTokens(),
        Arrays.stream(followed.scores()).boxed().toList());
  }

  private static void requireSame(Read pieces, Read whole) {
    for (int token = 0; token < whole.scores().size(); token++) {
      double found = pieces.scores().get(token);
      double expected = whole.scores().get(token);
      assertThat(found == expected || Math.abs(found - expected) < 1e-3)
          .as("token " + token)
          .isTrue();
    }
  }

  @Test
  void aResponseInPiecesIsScoredAsAWholeOneAndComputedOnce() throws InterruptedException {
    try (LlamaModel model = BuiltIn.open(8)) {
      int prompt = BuiltIn.question(model.vocabulary(), 17).size();
      int response = model.vocabulary().encode(TEXT).size();
      Read whole = read(model, "aligned", response);
      assertThat(whole.computed()).isEqualTo(prompt + response - 1);
      for (int size : List.of(1, 3, 7)) {
        Read pieces = read(model, "aligned", size);
        // Of the last token nothing is asked.
        assertThat(pieces.computed()).as("pieces of " + size).isEqualTo(prompt + response - 1);
        requireSame(pieces, whole);
      }
    }
  }

  @Test
  void anEarlyAnswerCostsItsOwnTokensAlone() throws InterruptedException {
    try (LlamaModel model = BuiltIn.open(8)) {
      Vocabulary words = model.vocabulary();
      int prompt = BuiltIn.question(words, 17).size();
      int response = words.encode(TEXT).size();
      Questions questions = questions(words, 4);
      // The last token of neither phrase is computed.
      int answer =
          questions.header().size()
              + questions.refusal().size()
              + questions.compliance().size()
              - 2;
      int read = response - response % 4;
      Read whole = read(model, "early", response);
      assertThat(whole.computed()).isEqualTo(prompt + read + (long) answer * (response / 4));
      assertThat(whole.scores().get(2)).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(whole.scores().get(3)).isFinite().isEqualTo(whole.scores().get(6));
      for (int size : List.of(1, 4, 6)) {
        Read pieces = read(model, "early", size);
        assertThat(pieces.computed()).as("pieces of " + size).isEqualTo(whole.computed());
        requireSame(pieces, whole);
      }
    }
  }
}
