package criticalwindows.llamacpp;

import criticalwindows.model.Completion;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Prediction;
import criticalwindows.model.Sampled;
import criticalwindows.model.Sampler;
import criticalwindows.model.Scored;
import criticalwindows.model.Scoring;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.model.WatchedLogProbs;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// A script that is being run: its text so far, and the step it is at. It knows nothing of
/// sequences and batches.
final class Worker {
  private static final int NONE = 0;

  private final int index;
  private final Script script;
  private final Vocabulary vocabulary;
  private final SplittableRandom random;
  private final long began = System.nanoTime();
  private final int[] text;
  private final List<Sampled> samples = new ArrayList<>();
  private final List<List<Scored>> scores = new ArrayList<>();
  private int length;
  private int next;
  private Optional<Step.Sample> sampling = Optional.empty();
  // Where the step began that is being taken.
  private int from;
  private float[] logProbs = new float[0];
  private final List<Prediction> predictions = new ArrayList<>();
  private LogProbs probs = LogProbs.NONE;
  // What is being scored, and what stands there otherwise.
  private final Deque<Scoring> scorings = new ArrayDeque<>();
  private final List<List<Scored>> found = new ArrayList<>();
  private Tokens kept = Tokens.none();
  private int intact = Integer.MAX_VALUE;
  private int[] stops = new int[0];
  private int keepLength = NONE;
  private long drawn;

  /// @param index of the script in its list
  /// @param vocabulary of the model
  Worker(int index, Script script, Vocabulary vocabulary) {
    this.index = index;
    this.script = script;
    this.vocabulary = vocabulary;
    random = new SplittableRandom(script.seed());
    text = Arrays.copyOf(script.start().toArray(), script.mostTokens());
    length = script.start().size();
    takeSteps();
    intact = Integer.MAX_VALUE;
  }

  int index() {
    return index;
  }

  Script script() {
    return script;
  }

  /// Tokens of the text so far.
  int length() {
    return length;
  }

  /// The token at a place of the text.
  int token(int place) {
    return text[place];
  }

  /// The first tokens of the text.
  Tokens prefix(int size) {
    return Tokens.of(Arrays.copyOf(text, size));
  }

  /// Whether every step is taken.
  boolean done() {
    return sampling.isEmpty() && scorings.isEmpty();
  }

  /// Tokens drawn so far, stop tokens included.
  long drawn() {
    return drawn;
  }

  /// How much of the text is to be kept now, once; 0 if nothing is. A text is kept when all of it
  /// but its last token is held, or when the script ends.
  int takeKeep(int held) {
    if (held < keepLength - 1 && !done()) {
      return NONE;
    }
    int keep = keepLength;
    keepLength = NONE;
    return keep;
  }

  /// Whether any of its text is to be kept.
  static boolean keeps(Script script) {
    return script.steps().stream().anyMatch(step -> step instanceof Step.Keep);
  }

  /// Whether the first thing wanted is the logits after the script's start.
  static boolean asksFirst(Script script) {
    for (Step step : script.steps()) {
      switch (step) {
        case Step.Sample sample -> {
          return true;
        }
        case Step.Score score -> {
          return score.alternatives().after().isEmpty();
        }
        case Step.Feed feed -> {
          return false;
        }
        case Step.Keep keep -> {}
      }
    }
    return false;
  }

  /// The first place of the text after which logits are wanted; they are wanted after every place
  /// from there on.
  int wanted() {
    return scorings.isEmpty() ? length - 1 : from + scorings.getFirst().at() - 1;
  }

  /// Draws the next token or scores one, and takes the steps that then need no computing.
  ///
  /// @param at the place that was wanted
  /// @param row the logits after it
  void take(int at, float[] row, Sampler sampler) {
    do {
      if (scorings.isEmpty()) {
        draw(sampling.orElseThrow(), row, sampler);
      } else {
        score(scorings.getFirst(), row, sampler);
      }
    } while (!done() && at < intact && at == wanted());
  }

  /// How many of the first tokens of the text need no computing, if they were computed: those that
  /// are as they were when this was asked the last time, up to the first after which logits are
  /// wanted.
  int intact() {
    int same = Math.min(intact, done() ? length : wanted());
    intact = Integer.MAX_VALUE;
    return same;
  }

  private void draw(Step.Sample step, float[] row, Sampler sampler) {
    Sampler.Drawn token = sampler.draw(row, step.sampling(), random);
    int written = length - from;
    logProbs[written] = token.logProb();
    if (step.detail() == Step.Sample.Detail.PREDICTIONS) {
      predictions.add(sampler.prediction(row, step.sampling(), token.id()));
    }
    if (written == step.watch().after().size() && behind().equals(step.watch().after())) {
      probs = token.probs(row, step.watch().ids());
    }
    drawn++;
    if (stops(token.id())) {
      finish(FinishReason.STOP, written + 1);
      return;
    }
    text[length++] = token.id();
    if (written + 1 == step.maxTokens()) {
      finish(FinishReason.LENGTH, written + 1);
    }
  }

  /// Whether an id ends the writing. There are a few such ids at most, and this runs at every
  /// token.
  private boolean stops(int id) {
    for (int stop : stops) {
      if (stop == id) {
        return true;
      }
    }
    return false;
  }

  private void finish(FinishReason reason, int draws) {
    LogProbs scores = LogProbs.of(Arrays.copyOf(logProbs, draws));
    Step.Sample step = sampling.orElseThrow();
    LogProbs forced = step.watch().everywhere() ? probs : LogProbs.NONE;
    Tokens written = behind();
    samples.add(
        new Sampled(written, scores, reason, new WatchedLogProbs(probs, forced), predictions));
    if (step.watch().everywhere() && probs.isEmpty()) {
      step.named(written, vocabulary).map(Scoring::new).ifPresent(scorings::add);
      scorings.add(new Scoring(step.watch().here()));
      score();
    } else {
      takeSteps();
    }
  }

  /// Puts what is to be scored first in the place of what stands behind.
  private void score() {
    kept = behind();
    replace(scorings.getFirst().reading());
  }

  /// Reads on in the texts that are scored; behind the last of them, what stood there is put back.
  private void score(Scoring scoring, float[] row, Sampler sampler) {
    scoring.take(row, sampler);
    if (scoring.done()) {
      scorings.removeFirst();
      found.add(scoring.found());
    }
    if (!scorings.isEmpty()) {
      replace(scorings.getFirst().reading());
    } else {
      goOn();
    }
  }

  /// Puts back what stood where texts were scored. Where the steps that follow feed the text that
  /// was read last, it need not be read again.
  private void goOn() {
    int at = from;
    int same = intact;
    Tokens read = behind();
    replace(kept);
    end();
    Tokens now = Tokens.of(Arrays.copyOfRange(text, at, length));
    intact = Math.min(same, at + read.commonPrefix(now));
  }

  private void end() {
    if (sampling.isPresent()) {
      Sampled last = samples.removeLast();
      LogProbs named = found.size() > 1 ? Scored.sums(found.getFirst()) : LogProbs.NONE;
      WatchedLogProbs both = new WatchedLogProbs(named, Scored.sums(found.getLast()));
      samples.add(
          new Sampled(last.tokens(), last.logProbs(), last.finish(), both, last.predictions()));
    } else {
      scores.addAll(found);
    }
    found.clear();
    takeSteps();
  }

  /// Other tokens take the place of those behind.
  private void replace(Tokens tokens) {
    intact = Math.min(intact, from + behind().commonPrefix(tokens));
    for (int i = 0; i < tokens.size(); i++) {
      text[from + i] = tokens.at(i);
    }
    length = from + tokens.size();
  }

  /// What stands behind the place where the step began.
  private Tokens behind() {
    return Tokens.of(Arrays.copyOfRange(text, from, length));
  }

  /// Takes steps up to the next one that needs computing.
  private void takeSteps() {
    sampling = Optional.empty();
    while (done() && next < script.steps().size()) {
      from = length;
      switch (script.steps().get(next++)) {
        case Step.Feed feed -> {
          for (int i = 0; i < feed.tokens().size(); i++) {
            text[length++] = feed.tokens().at(i);
          }
        }
        case Step.Keep keep -> keepLength = length;
        case Step.Score score -> {
          scorings.add(new Scoring(score));
          score();
        }
        case Step.Sample sample -> {
          sampling = Optional.of(sample);
          Set<Integer> ends = sample.stops().isEmpty() ? vocabulary.stops() : sample.stops();
          stops = ends.stream().mapToInt(id -> id).toArray();
          // At most maxTokens draws: a stop token takes the place of the last one.
          logProbs = new float[sample.maxTokens()];
          probs = LogProbs.NONE;
          predictions.clear();
        }
      }
    }
  }

  /// What came of the script.
  Completion completion() {
    return new Completion(samples, scores, Duration.ofNanos(System.nanoTime() - began));
  }
}
