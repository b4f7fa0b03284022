package criticalwindows.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// A model small enough to be known exactly: every value v_t = P(answer | prefix) can be
/// enumerated.
///
/// It reads and writes single ASCII characters. Its first assistant turn follows a [Process]; asked
/// anything after that, it states the likeliest answer given what it wrote ("The answer is $27$."),
/// and so it does where the first user turn asks for the answer at once. Choices it states each
/// with its probability ("The answer is (B).").
public final class ToyModel implements Model {
  private static final int BEGIN = 128;
  private static final int END = 129;
  private static final int HEADER = 130;
  private static final int HEADER_END = 131;
  private static final int SIZE = 132;
  private static final String ASSISTANT = "assistant";

  private final Process process;
  private final Map<String, Map<String, Double>> posteriors = new HashMap<>();

  /// A model that writes what `process` writes.
  public ToyModel(Process process) {
    this.process = process;
  }

  /// A random text of fixed length in which each character has known probabilities, and which means
  /// an answer.
  public interface Process {
    /// The number of characters of a text.
    int length();

    /// The probabilities of the next character.
    ///
    /// @param written fewer than [#length] characters that this process can write
    /// @return probabilities that sum to 1, by ASCII character, none of them 0
    Map<Character, Double> next(String written);

    /// What a finished text means, such as `$27$`, or `(B)` where every text means a choice.
    String answer(String text);

    /// How an answer is stated to whoever asks for it.
    ///
    /// @param answer such as `(B)`
    /// @return probabilities that sum to 1, by whole reply
    default Map<String, Double> replies(String answer) {
      return Map.of("The answer is " + answer + ".", 1.0);
    }
  }

  /// The ordered-decision tree: 15 characters, binary decisions at 2, 5, 8, 11 and 14 with P(1) =
  /// .7, .6, .6, .5, .8, and between them fillers that carry no information (`a`, and `b` one time
  /// in ten). The five decisions, read as a binary number, are the answer.
  public static ToyModel orderedDecisions() {
    return new ToyModel(new OrderedDecisions(List.of(.7, .6, .6, .5, .8)));
  }

  /// Two decisions like those, with P(1) = .7 and .4; the answer is a choice: (A), (B) or (C) for
  /// none, one or both of them 1.
  public static ToyModel threeChoices() {
    return new ToyModel(new CountedOnes(new OrderedDecisions(List.of(.7, .4))));
  }

  /// Decisions whose answer is the choice in the place of how many of them were 1, (A) for none.
  ///
  /// @param decisions at most 25
  public record CountedOnes(OrderedDecisions decisions) implements Process {
    @Override
    public int length() {
      return decisions.length();
    }

    @Override
    public Map<Character, Double> next(String written) {
      return decisions.next(written);
    }

    @Override
    public String answer(String text) {
      return "(" + (char) ('A' + text.chars().filter(c -> c == '1').count()) + ")";
    }
  }

  /// The same choices, of a model that in most replies guesses aloud before it states an answer,
  /// and most of all where that is (A). So what it says behind "The answer is (" where these words
  /// are put into its mouth is not what it says of its own accord.
  public static ToyModel guessedChoices() {
    return new ToyModel(new Guessed(new CountedOnes(new OrderedDecisions(List.of(.7, .4)))));
  }

  /// Choices that are guessed at first, "I say (B). The answer is (B).", in most replies.
  ///
  /// @param choices the process that means them
  public record Guessed(CountedOnes choices) implements Process {
    @Override
    public int length() {
      return choices.length();
    }

    @Override
    public Map<Character, Double> next(String written) {
      return choices.next(written);
    }

    @Override
    public String answer(String text) {
      return choices.answer(text);
    }

    @Override
    public Map<String, Double> replies(String answer) {
      double plain = answer.equals("(A)") ? .1 : .25;
      String stated = "The answer is " + answer + ".";
      return Map.of(stated, plain, "I say " + answer + ". " + stated, 1 - plain);
    }
  }

  /// Decisions in a fixed order, each behind two fillers.
  ///
  /// @param probs P(1) of each decision, in (0, 1)
  public record OrderedDecisions(List<Double> probs) implements Process {
    public OrderedDecisions {
      probs = List.copyOf(probs);
    }

    @Override
    public int length() {
      return 3 * probs.size();
    }

    @Override
    public Map<Character, Double> next(String written) {
      if (written.length() % 3 < 2) {
        return Map.of('a', .9, 'b', .1);
      }
      double one = probs.get(written.length() / 3);
      return Map.of('0', 1 - one, '1', one);
    }

    @Override
    public String answer(String text) {
      int value = 0;
      for (int i = 2; i < text.length(); i += 3) {
        value = 2 * value + (text.charAt(i) - '0');
      }
      return "$" + value + "$";
    }
  }

  /// The exact P(answer | the text begins with `prefix`): the values v_t of theory.
  ///
  /// @return every answer that can still come, in order; they sum to 1
  public Map<String, Double> answers(String prefix) {
    Map<String, Double> known = posteriors.get(prefix);
    if (known == null) {
      known =
          prefix.length() == process.length() ? Map.of(process.answer(prefix), 1.0) : mix(prefix);
      posteriors.put(prefix, known);
    }
    return known;
  }

  private Map<String, Double> mix(String prefix) {
    Map<String, Double> mixed = new TreeMap<>();
    process
        .next(prefix)
        .forEach(
            (character, probability) ->
                answers(prefix + character)
                    .forEach((answer, p) -> mixed.merge(answer, probability * p, Double::sum)));
    return mixed;
  }

  @Override
  public String name() {
    return "toy";
  }

  @Override
  public Vocabulary vocabulary() {
    return new Characters();
  }

  @Override
  public ChatTemplate chatTemplate() {
    return messages -> {
      StringBuilder text = new StringBuilder();
      for (Message message : messages) {
        text.append("<|header|>").append(message.role().word()).append("<|header_end|>");
        text.append(message.text()).append("<|end|>");
      }
      return text.append("<|header|>assistant<|header_end|>").toString();
    };
  }

  @Override
  public int contextLength() {
    return 4096;
  }

  @Override
  public Recommended recommended() {
    return new Recommended(Sampling.PLAIN, "the process's own probabilities");
  }

  @Override
  public int width(int tokens) {
    return 64;
  }

  @Override
  public void run(List<Script> scripts, Sink sink) throws InterruptedException {
    Models.check(this, scripts);
    for (int i = 0; i < scripts.size(); i++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped before script " + i);
      }
      sink.finished(i, complete(scripts.get(i)));
    }
  }

  private Completion complete(Script script) {
    SplittableRandom random = new SplittableRandom(script.seed());
    Tokens written = script.start();
    List<Sampled> samples = new ArrayList<>();
    List<List<Scored>> scores = new ArrayList<>();
    for (Step step : script.steps()) {
      switch (step) {
        case Step.Feed feed -> written = written.plus(feed.tokens());
        case Step.Score score -> scores.add(score(written, score));
        case Step.Keep keep -> {}
        case Step.Sample sample -> {
          Sampled sampled = sample(written, sample, random);
          samples.add(sampled);
          written = written.plus(sampled.tokens());
        }
      }
    }
    return new Completion(samples, scores, Duration.ZERO);
  }

  private Sampled sample(Tokens before, Step.Sample step, SplittableRandom random) {
    Set<Integer> stops = step.stops().isEmpty() ? Set.of(END) : step.stops();
    Sampler sampler = new Sampler(SIZE);
    Tokens written = Tokens.none();
    float[] logProbs = new float[step.maxTokens() + 1];
    LogProbs seen = LogProbs.NONE;
    List<Prediction> predictions = new ArrayList<>();
    while (written.size() < step.maxTokens()) {
      float[] row = logits(before.plus(written));
      Sampler.Drawn drawn = sampler.draw(row, step.sampling(), random);
      logProbs[written.size()] = drawn.logProb();
      if (step.detail() == Step.Sample.Detail.PREDICTIONS) {
        predictions.add(sampler.prediction(row, step.sampling(), drawn.id()));
      }
      if (written.equals(step.watch().after())) {
        seen = drawn.probs(row, step.watch().ids());
      }
      if (stops.contains(drawn.id())) {
        LogProbs scores = first(logProbs, written.size() + 1);
        WatchedLogProbs probs = probs(before, step, written, seen);
        return new Sampled(written, scores, FinishReason.STOP, probs, predictions);
      }
      written = written.plus(Tokens.of(drawn.id()));
    }
    LogProbs scores = first(logProbs, written.size());
    WatchedLogProbs probs = probs(before, step, written, seen);
    return new Sampled(written, scores, FinishReason.LENGTH, probs, predictions);
  }

  private WatchedLogProbs probs(Tokens before, Step.Sample step, Tokens written, LogProbs seen) {
    Watch watch = step.watch();
    if (!watch.everywhere() || !seen.isEmpty()) {
      return new WatchedLogProbs(seen, watch.everywhere() ? seen : LogProbs.NONE);
    }
    LogProbs named =
        step.named(written, vocabulary())
            .map(found -> Scored.sums(score(before, new Step.Score(found))))
            .orElse(LogProbs.NONE);
    Step.Score here = new Step.Score(watch.here());
    return new WatchedLogProbs(named, Scored.sums(score(before, here)));
  }

  private List<Scored> score(Tokens before, Step.Score step) {
    Scoring scoring = new Scoring(step);
    while (!scoring.done()) {
      Tokens read = scoring.reading().prefix(scoring.at());
      scoring.take(logits(before.plus(read)), new Sampler(SIZE));
    }
    return scoring.found();
  }

  private static LogProbs first(float[] logProbs, int drawn) {
    return LogProbs.of(Arrays.copyOf(logProbs, drawn));
  }

  private float[] logits(Tokens read) {
    float[] logits = new float[SIZE];
    Arrays.fill(logits, Float.NEGATIVE_INFINITY);
    next(read).forEach((id, p) -> logits[id] = (float) Math.log(p));
    return logits;
  }

  private Map<Integer, Double> next(Tokens read) {
    List<String> turns = turns(read);
    String open = turns.getLast();
    boolean first = turns.size() == 1;
    String written = first ? text(open) : text(turns.getFirst());
    if (first && !asksAtOnce(read)) {
      return written.length() < process.length() ? probs(written) : Map.of(END, 1.0);
    }
    return statement(stated(first ? "" : written), open);
  }

  /// The probabilities of the next character of a statement, given the beginning of it.
  private Map<Integer, Double> statement(Map<String, Double> answers, String open) {
    Map<Integer, Double> probs = new TreeMap<>();
    answers.forEach(
        (answer, p) ->
            process
                .replies(answer)
                .forEach(
                    (stated, share) -> {
                      if (stated.startsWith(open) && stated.length() > open.length()) {
                        probs.merge((int) stated.charAt(open.length()), p * share, Double::sum);
                      }
                    }));
    double all = probs.values().stream().mapToDouble(p -> p).sum();
    probs.replaceAll((id, p) -> p / all);
    return probs.isEmpty() ? Map.of(END, 1.0) : probs;
  }

  private Map<Integer, Double> probs(String written) {
    Map<Integer, Double> probs = new HashMap<>();
    process.next(written).forEach((character, p) -> probs.put((int) character, p));
    return probs;
  }

  /// What the model itself wrote in its first turn: the prefill, which ends in a colon, is not its
  /// own.
  private static String text(String turn) {
    return turn.substring(turn.indexOf(':') + 1);
  }

  /// The answers that are stated, and how likely each is: every choice, or the likeliest value.
  private Map<String, Double> stated(String written) {
    Map<String, Double> answers =
        answers(written.substring(0, Math.min(written.length(), process.length())));
    return answers.keySet().stream().allMatch(answer -> answer.startsWith("("))
        ? answers
        : Map.of(
            answers.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey(),
            1.0);
  }

  /// Whether the only user turn already asks for the answer, as the direct question does.
  private boolean asksAtOnce(Tokens read) {
    String asked = vocabulary().decode(read);
    return asked.contains("The answer is $X$") || asked.contains("The answer is (X)");
  }

  /// The texts of the assistant's turns; the last one is being written.
  private List<String> turns(Tokens read) {
    List<String> turns = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    boolean header = false;
    boolean assistant = false;
    for (int i = 0; i < read.size(); i++) {
      int id = read.at(i);
      switch (id) {
        case HEADER -> {
          header = true;
          text.setLength(0);
        }
        case HEADER_END -> {
          header = false;
          assistant = text.toString().equals(ASSISTANT);
          text.setLength(0);
        }
        case END -> {
          if (assistant) {
            turns.add(text.toString());
          }
          assistant = false;
          text.setLength(0);
        }
        case BEGIN -> {}
        default -> text.append((char) id);
      }
    }
    if (header || turns.isEmpty() || assistant) {
      turns.add(text.toString());
    }
    return turns;
  }

  @Override
  public Map<String, String> provenance() {
    return Map.of("engine", "toy", "process", process.toString());
  }

  @Override
  public void close() {}

  private record Characters() implements Vocabulary {
    private static final Map<String, Integer> CONTROLS =
        Map.of(
            "<|begin|>", BEGIN, "<|end|>", END, "<|header|>", HEADER, "<|header_end|>", HEADER_END);

    @Override
    public int size() {
      return SIZE;
    }

    @Override
    public Tokens encode(String text) {
      return Tokens.of(text.chars().map(c -> c < 128 ? c : '?').toArray());
    }

    @Override
    public String decode(Tokens tokens) {
      StringBuilder text = new StringBuilder();
      tokens.stream().filter(id -> id < 128).forEach(id -> text.append((char) id));
      return text.toString();
    }

    @Override
    public String show(int id) {
      for (Map.Entry<String, Integer> control : CONTROLS.entrySet()) {
        if (control.getValue() == id) {
          return control.getKey();
        }
      }
      return Character.toString(id);
    }

    @Override
    public Map<String, Integer> controls() {
      return CONTROLS;
    }

    @Override
    public OptionalInt begin() {
      return OptionalInt.of(BEGIN);
    }

    @Override
    public Set<Integer> stops() {
      return Set.of(END);
    }
  }
}
