package criticalwindows.monitor;

import criticalwindows.model.Alternatives;
import criticalwindows.model.Completion;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Scored;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.ratio.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// After every k tokens: what the aligned model would say if its turn began anew there. Between two
/// answers the last one stands.
final class EarlyAnswers implements TokenScore.Following {
  private final Questions questions;
  private final List<Double> values = new ArrayList<>();

  EarlyAnswers(Questions questions) {
    this.questions = questions;
  }

  @Override
  public List<Step> steps(Tokens next) {
    List<Step> steps = new ArrayList<>();
    int from = 0;
    while (from < next.size()) {
      int to = Math.min(next.size(), from + left(values.size() + from));
      steps.add(new Step.Feed(next.slice(from, to)));
      if ((values.size() + to) % questions.every() == 0) {
        steps.add(
            new Step.Score(
                new Alternatives(
                    questions.header(), List.of(questions.refusal(), questions.compliance()))));
      }
      from = to;
    }
    return steps;
  }

  /// Tokens to the next answer.
  private int left(int read) {
    return questions.every() - read % questions.every();
  }

  @Override
  public void take(Tokens next, Map<Role, Completion> found) {
    List<List<Scored>> answers = required(found, Role.ALIGNED).scores();
    int answer = 0;
    for (int i = 0; i < next.size(); i++) {
      if ((values.size() + 1) % questions.every() == 0) {
        LogProbs phrases = Scored.sums(answers.get(answer++));
        values.add(odds(phrases.at(0), phrases.at(1)));
      } else {
        values.add(values.isEmpty() ? Double.NEGATIVE_INFINITY : values.getLast());
      }
    }
  }

  /// Both phrases can be impossible.
  private static double odds(double refusal, double compliance) {
    return Double.isInfinite(refusal) ? Double.NEGATIVE_INFINITY : refusal - compliance;
  }

  @Override
  public double after(int token) {
    return values.get(token);
  }

  @Override
  public void rewind(int kept) {
    values.subList(kept, values.size()).clear();
  }

  static Completion required(Map<Role, Completion> found, Role role) {
    return Optional.ofNullable(found.get(role))
        .orElseThrow(() -> new IllegalArgumentException("nothing of the model " + role.word()));
  }
}
