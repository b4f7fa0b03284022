package criticalwindows.testbed;

import criticalwindows.model.LogProbs;
import criticalwindows.model.Tokens;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Ratio;
import criticalwindows.testbed.Measurement.Label;
import criticalwindows.world.Prompts;
import criticalwindows.world.RepeatedWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// P(a model stops repeating a word | it has written it n times), beside the hazard it was taught.
/// It is scored: 1 − P(the word once more), so that anything else counts as stopping.
///
/// @param runs P(stop) after 1, 2, … words, one list for each request
public record RepetitionHazard(List<List<Double>> runs) {
  private static final int LONGEST = 430;
  private static final int[] BANDS = {1, 50, 200, LONGEST + 1};

  public RepetitionHazard {
    runs = runs.stream().map(List::copyOf).toList();
  }

  /// One run of each word.
  public static RepetitionHazard measure(Organism organism, List<RepeatedWord> words)
      throws InterruptedException {
    List<List<Double>> runs = new ArrayList<>();
    for (RepeatedWord word : words) {
      runs.add(run(organism, word));
      organism.at("repeated words", runs.size(), words.size());
    }
    return new RepetitionHazard(runs);
  }

  private static List<Double> run(Organism organism, RepeatedWord word)
      throws InterruptedException {
    Tokens prompt = organism.encode(Prompts.repeatedWord(word));
    Tokens first = organism.encode(word.word());
    Tokens again = organism.encode(" " + word.word());
    Tokens text = first;
    for (int n = 1; n <= LONGEST; n++) {
      text = text.plus(again);
    }
    LogProbs scores = organism.score(prompt, text);
    List<Double> stops = new ArrayList<>();
    for (int n = 1; n <= LONGEST; n++) {
      double log = 0;
      for (int i = 0; i < again.size(); i++) {
        log += scores.at(first.size() + (n - 1) * again.size() + i);
      }
      stops.add(-Math.expm1(log));
    }
    return stops;
  }

  /// The mean over each stretch in which the hazard is the same.
  public List<Measurement> measurements() {
    List<Measurement> found = new ArrayList<>();
    for (int band = 0; band + 1 < BANDS.length; band++) {
      int from = BANDS[band];
      int to = BANDS[band + 1] - 1;
      double hazard = RepeatedWord.hazard(from);
      List<Double> means = runs.stream().map(run -> mean(run.subList(from - 1, to))).toList();
      Ratio ratio = Ratio.mean(means);
      String error = String.format(Locale.ROOT, "%+.0f %%", 100 * (ratio.estimate() / hazard - 1));
      Label label = new Label("repeat", from + " to " + to + " words", "P(stop), scored: " + error);
      found.add(
          Measurement.figure(label, Estimate.ratio(ratio, Interval.SHARE, runs.size()))
              .beside(hazard));
    }
    return found;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
