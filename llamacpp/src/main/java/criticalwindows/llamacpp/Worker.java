package criticalwindows.llamacpp;

import criticalwindows.model.Completion;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Sampled;
import criticalwindows.model.Sampler;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.WatchedLogProbs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
  private final Set<Integer> modelStops;
  private final SplittableRandom random;
  private final long began = System.nanoTime();
  private final int[] text;
  private final List<Sampled> samples = new ArrayList<>();
  private int length;
  private int next;
  private Optional<Step.Sample> sampling = Optional.empty();
  private int sampledFrom;
  private float[] logProbs = new float[0];
  private final List<Float> entropies = new ArrayList<>();
  private LogProbs probs = LogProbs.NONE;
  private Optional<Aside> aside = Optional.empty();
  private int intact;
  private int[] stops = new int[0];
  private int keepLength = NONE;
  private long drawn;

  /// @param index of the script in its list
  /// @param stops of the model
  Worker(int index, Script script, Set<Integer> stops) {
    this.index = index;
    this.script = script;
    this.modelStops = stops;
    random = new SplittableRandom(script.seed());
    text = Arrays.copyOf(script.start().toArray(), script.mostTokens());
    length = script.start().size();
    takeSteps();
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
    return sampling.isEmpty();
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
  static boolean samplesFirst(Script script) {
    for (Step step : script.steps()) {
      switch (step) {
        case Step.Sample sample -> {
          return true;
        }
        case Step.Feed feed -> {
          return false;
        }
        case Step.Keep keep -> {}
      }
    }
    return false;
  }

  /// Draws the next token, and takes the steps that then need no computing.
  ///
  /// @param row the logits after the text so far
  void take(float[] row, Sampler sampler) {
    int before = length;
    intact = length;
    if (aside.isPresent()) {
      weigh(aside.get(), row, sampler);
      return;
    }
    while (sampling.isPresent() && aside.isEmpty() && length == before) {
      draw(sampling.get(), row, sampler);
    }
  }

  /// How many of the first tokens of the text are as they were before the last [#take].
  int intact() {
    return intact;
  }

  private void draw(Step.Sample step, float[] row, Sampler sampler) {
    Sampler.Drawn token = sampler.draw(row, step.sampling(), random);
    int written = length - sampledFrom;
    logProbs[written] = token.logProb();
    if (step.detail() == Step.Sample.Detail.ENTROPIES) {
      entropies.add((float) sampler.entropy(row));
    }
    if (written == step.watch().after().size() && written().equals(step.watch().after())) {
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
    Sampled sampled =
        new Sampled(written(), scores, reason, new WatchedLogProbs(probs, forced), entropies);
    if (step.watch().everywhere() && probs.isEmpty()) {
      Aside reading = new Aside(sampled, step);
      aside = Optional.of(reading);
      replace(reading.next());
    } else {
      end(sampled);
    }
  }

  private void end(Sampled sampled) {
    samples.add(sampled);
    takeSteps();
  }

  /// Reads on in the texts that stand in the place of what was written; behind the last of them
  /// that is put back.
  private void weigh(Aside reading, float[] row, Sampler sampler) {
    reading.take(row, sampler);
    if (reading.done()) {
      aside = Optional.empty();
      replace(reading.written().tokens());
      end(reading.sampled());
    } else {
      replace(reading.next());
    }
  }

  /// Other tokens take the place of those that this step wrote. The last one is to be read anew.
  private void replace(Tokens tokens) {
    int same = sampledFrom + written().commonPrefix(tokens);
    for (int i = 0; i < tokens.size(); i++) {
      text[sampledFrom + i] = tokens.at(i);
    }
    length = sampledFrom + tokens.size();
    intact = Math.min(same, length - 1);
  }

  /// What this step wrote so far.
  private Tokens written() {
    return Tokens.of(Arrays.copyOfRange(text, sampledFrom, length));
  }

  /// Takes steps up to the next one that samples.
  private void takeSteps() {
    sampling = Optional.empty();
    while (sampling.isEmpty() && next < script.steps().size()) {
      switch (script.steps().get(next++)) {
        case Step.Feed feed -> {
          for (int i = 0; i < feed.tokens().size(); i++) {
            text[length++] = feed.tokens().at(i);
          }
        }
        case Step.Keep keep -> keepLength = length;
        case Step.Sample sample -> {
          sampling = Optional.of(sample);
          sampledFrom = length;
          Set<Integer> ends = sample.stops().isEmpty() ? modelStops : sample.stops();
          stops = ends.stream().mapToInt(id -> id).toArray();
          // At most maxTokens draws: a stop token takes the place of the last one.
          logProbs = new float[sample.maxTokens()];
          probs = LogProbs.NONE;
          entropies.clear();
        }
      }
    }
  }

  /// What came of the script.
  Completion completion() {
    return new Completion(samples, Duration.ofNanos(System.nanoTime() - began));
  }
}
