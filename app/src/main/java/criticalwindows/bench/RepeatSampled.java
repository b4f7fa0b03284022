package criticalwindows.bench;

import criticalwindows.model.LogProbs;
import criticalwindows.model.Model;
import criticalwindows.model.Models;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.stats.Proportion;
import criticalwindows.testbed.Organism;
import criticalwindows.world.Prompts;
import criticalwindows.world.RepeatedWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Whether a model goes on to repeat a word, sampled, beside the probability that it gives itself.
final class RepeatSampled {
  private static final List<Integer> COUNTS = List.of(1, 10, 50, 100, 200, 300, 400);

  /// Of an interval that holds what the model says in all but one of a thousand.
  private static final double LEVEL = .999;

  private RepeatSampled() {}

  /// What came of one count.
  ///
  /// @param times that the word was given
  /// @param sampled continuations that begin with the word once more, over all words
  /// @param scored mean of the model's own probabilities of it, over words
  record Row(int times, Proportion sampled, double scored) {
    boolean met() {
      return sampled.wilson(LEVEL).holds(scored);
    }
  }

  /// Samples one word after each count of each word.
  ///
  /// @param each samples of a word and a count
  static List<Row> run(
      Model model, Organism organism, List<RepeatedWord> words, int each, long seed)
      throws InterruptedException {
    SplittableRandom seeds = new SplittableRandom(seed);
    List<Script> scripts = new ArrayList<>();
    List<Integer> times = new ArrayList<>();
    List<Tokens> wanted = new ArrayList<>();
    Map<Integer, Double> scored = new TreeMap<>();
    for (RepeatedWord word : words) {
      Tokens prompt = organism.encode(Prompts.repeatedWord(word));
      Tokens again = model.vocabulary().encode(" " + word.word());
      Tokens text = model.vocabulary().encode(word.word());
      int first = text.size();
      for (int n = 1; n <= COUNTS.getLast(); n++) {
        text = text.plus(again);
      }
      LogProbs scores = Models.score(model, prompt, text);
      for (int count : COUNTS) {
        int kept = first + (count - 1) * again.size();
        double log = 0;
        for (int i = 0; i < again.size(); i++) {
          log += scores.at(kept + i);
        }
        scored.merge(count, StrictMath.exp(log) / words.size(), Double::sum);
        Tokens start = prompt.plus(text.prefix(kept));
        for (int i = 0; i < each; i++) {
          Step step = Step.sample(Sampling.PLAIN, again.size());
          scripts.add(new Script(start, List.of(step), seeds.nextLong()));
          times.add(count);
          wanted.add(again);
        }
      }
    }
    Map<Integer, Proportion> sampled = new TreeMap<>();
    model.run(
        scripts,
        (index, done) -> {
          boolean same = done.last().tokens().equals(wanted.get(index));
          sampled.merge(times.get(index), new Proportion(same ? 1 : 0, 1), Proportion::plus);
        });
    List<Row> rows = new ArrayList<>();
    sampled.forEach(
        (count, share) -> rows.add(new Row(count, share, scored.getOrDefault(count, 0.0))));
    return rows;
  }
}
