package criticalwindows.world;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is known of a program's answer once its text starts with a prefix: exact, Bayes' effects
/// included ("Wait," tells about the step before).
///
/// @param answers P(answer | the text starts with the prefix), each greater than 0; they sum to 1,
///   or there is none where the prefix lies outside the support
/// @param textProbability P(the text starts with the prefix), in [0, 1]
public record Posterior(Map<String, Double> answers, double textProbability) {
  public Posterior {
    answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
  }

  /// The posterior at a prefix.
  ///
  /// @param prefix any text; the empty one gives the prior
  public static Posterior of(Program program, String prefix) {
    Replay replay = new Replay(prefix);
    Map<String, Double> masses = new LinkedHashMap<>();
    double total = 0;
    do {
      String answer = program.run(replay);
      if (replay.matches()) {
        total += replay.weight();
        masses.merge(answer, replay.weight(), Double::sum);
      }
    } while (replay.advance());
    double mass = total;
    masses.replaceAll((answer, weight) -> weight / mass);
    return new Posterior(masses, total);
  }

  /// Whether the program can write a text that starts with the prefix: a strict test for malformed
  /// text. A text that stops too early passes it; [WrittenReply#read] is stricter.
  public boolean inSupport() {
    return textProbability > 0;
  }

  /// P(`answer` | the text starts with the prefix); 0 for what cannot come any more.
  public double probability(String answer) {
    return answers.getOrDefault(answer, 0.0);
  }
}
