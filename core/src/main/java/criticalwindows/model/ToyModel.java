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
  private static final int THINK = 132;
  private static final int THOUGHT = 133;
  private static final int CALL = 134;
  private static final int SIZE = 135;
  private static final String ASSISTANT = "assistant";

  private static final int CONTEXT = 4096;

  private final Process process;
  private final int context;
  private final Map<String, Map<String, Double>> posteriors = new HashMap<>();

  /// A model that writes what `process` writes.
  public ToyModel(Process process) {
    this(process, CONTEXT);
  }

  /// The same with another context.
  ///
  /// @param context in tokens, at least 1
  public ToyModel(Process process, int context) {
    this.process = process;
    this.context = context;
  }

  /// A random text of fixed length in which each character has known probabilities, and which means
  /// an answer.
  public interface Process {
    /// The number of characters of a text.
    int length();

    /// The probabilities of the next character.
    ///
    /// @param written fewer than [#length] characters that this process can write
    /// @return probabilities that sum to 1, by ASCII character, none of them 0; beside them 132 is
    ///   `<think>`, 133 `</think>` and 134 `<tool_call>`
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

  /// A long text with one decision, and fillers that carry no information around it (`a`, and `b`
  /// one time in ten). What is decided, 0 or 1, is the answer.
  ///
  /// @param length in characters
  /// @param at characters before the decision, in [0, length)
  /// @param one P(1), in (0, 1)
  public record OneDecision(int length, int at, double one) implements Process {
    @Override
    public Map<Character, Double> next(String written) {
      return written.length() == at ? Map.of('0', 1 - one, '1', one) : Map.of('a', .9, 'b', .1);
    }

    @Override
    public String answer(String text) {
      return "$" + text.charAt(at) + "$";
    }
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
    return context;
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
    Reading reading = new Reading().read(script.start());
    List<Sampled> samples = new ArrayList<>();
    List<List<Scored>> scores = new ArrayList<>();
    for (Step step : script.steps()) {
      switch (step) {
        case Step.Feed feed -> reading.read(feed.tokens());
        case Step.Score score -> scores.add(score(reading, score));
        case Step.Keep keep -> {}
        case Step.Sample sample -> samples.add(sample(reading, sample, random));
      }
    }
    return new Completion(samples, scores, Duration.ZERO);
  }

  /// Writes on, and leaves what was written read.
  private Sampled sample(Reading reading, Step.Sample step, SplittableRandom random) {
    Set<Integer> stops = step.stops().isEmpty() ? Set.of(END) : step.stops();
    Sampler sampler = new Sampler(SIZE);
    Reading before = step.watch().everywhere() ? reading.copy() : reading;
    Written written = new Written(step.maxTokens());
    LogProbs seen = LogProbs.NONE;
    List<Prediction> predictions = new ArrayList<>();
    FinishReason finish = FinishReason.LENGTH;
    while (written.size < step.maxTokens() && finish == FinishReason.LENGTH) {
      float[] row = logits(reading);
      Sampler.Drawn drawn = sampler.draw(row, step.sampling(), random);
      if (step.detail() == Step.Sample.Detail.PREDICTIONS) {
        predictions.add(sampler.prediction(row, step.sampling(), drawn.id()));
      }
      if (written.size == step.watch().after().size()
          && written.tokens().equals(step.watch().after())) {
        seen = drawn.probs(row, step.watch().ids());
      }
      written.logProbs[written.size] = drawn.logProb();
      if (stops.contains(drawn.id())) {
        finish = FinishReason.STOP;
      } else {
        written.ids[written.size++] = drawn.id();
        reading.read(drawn.id());
      }
    }
    Tokens tokens = written.tokens();
    int drawn = tokens.size() + (finish == FinishReason.STOP ? 1 : 0);
    LogProbs scores = LogProbs.of(Arrays.copyOf(written.logProbs, drawn));
    return new Sampled(tokens, scores, finish, probs(before, step, tokens, seen), predictions);
  }

  /// Room for what is written.
  private static final class Written {
    final int[] ids;
    final float[] logProbs;
    int size;

    Written(int most) {
      ids = new int[most];
      logProbs = new float[most + 1];
    }

    Tokens tokens() {
      return Tokens.of(Arrays.copyOf(ids, size));
    }
  }

  private WatchedLogProbs probs(Reading before, Step.Sample step, Tokens written, LogProbs seen) {
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

  private List<Scored> score(Reading before, Step.Score step) {
    Scoring scoring = new Scoring(step);
    Sampler sampler = new Sampler(SIZE);
    Reading reading = before.copy();
    Tokens text = Tokens.none();
    int at = 0;
    while (!scoring.done()) {
      if (!scoring.reading().equals(text)) {
        reading = before.copy();
        text = scoring.reading();
        at = 0;
      }
      reading.read(text.slice(at, scoring.at()));
      at = scoring.at();
      scoring.take(logits(reading), sampler);
    }
    return scoring.found();
  }

  private float[] logits(Reading read) {
    float[] logits = new float[SIZE];
    Arrays.fill(logits, Float.NEGATIVE_INFINITY);
    next(read).forEach((id, p) -> logits[id] = (float) Math.log(p));
    return logits;
  }

  private Map<Integer, Double> next(Reading read) {
    if (read.first() && !read.asksAtOnce()) {
      String written = read.own();
      return written.length() < process.length() ? probs(written) : Map.of(END, 1.0);
    }
    return statement(stated(read.first() ? "" : read.own()), read.open());
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

  /// What was read so far. Reading on takes a step a token, however much there is already.
  private static final class Reading {
    private static final List<String> DIRECT = List.of("The answer is $X$", "The answer is (X)");

    /// Of all turns, without control tokens.
    private final StringBuilder all = new StringBuilder();

    /// Of the turn, or the header, that is open.
    private final StringBuilder text = new StringBuilder();

    /// The assistant's turns that are over.
    private final List<String> turns = new ArrayList<>();

    private int prefill;
    private boolean header;
    private boolean assistant;
    private boolean asks;

    Reading copy() {
      Reading copy = new Reading();
      copy.all.append(all);
      copy.text.append(text);
      copy.turns.addAll(turns);
      copy.prefill = prefill;
      copy.header = header;
      copy.assistant = assistant;
      copy.asks = asks;
      return copy;
    }

    Reading read(Tokens tokens) {
      for (int i = 0; i < tokens.size(); i++) {
        read(tokens.at(i));
      }
      return this;
    }

    void read(int id) {
      switch (id) {
        case HEADER -> {
          header = true;
          begin();
        }
        case HEADER_END -> {
          header = false;
          assistant = text.toString().equals(ASSISTANT);
          begin();
        }
        case END -> {
          if (assistant) {
            turns.add(text.toString());
          }
          assistant = false;
          begin();
        }
        case BEGIN -> {}
        default -> write((char) id);
      }
    }

    private void begin() {
      text.setLength(0);
      prefill = 0;
    }

    private void write(char character) {
      text.append(character);
      all.append(character);
      if (character == ':' && prefill == 0) {
        prefill = text.length();
      }
      if (character == '$' || character == ')') {
        asks |= DIRECT.stream().anyMatch(words -> ends(all, words));
      }
    }

    private static boolean ends(StringBuilder text, String words) {
      int from = text.length() - words.length();
      return from >= 0 && text.indexOf(words, from) == from;
    }

    /// Whether a turn of the assistant is being written, or what counts as one.
    private boolean writing() {
      return header || turns.isEmpty() || assistant;
    }

    /// Whether the assistant's first turn is the one that is being written.
    boolean first() {
      return turns.size() + (writing() ? 1 : 0) == 1;
    }

    /// The assistant's last turn, as far as it goes.
    String open() {
      return writing() ? text.toString() : turns.getLast();
    }

    /// What the model itself wrote in its first turn: the prefill, which ends in a colon, is not
    /// its own.
    String own() {
      if (turns.isEmpty()) {
        return text.substring(prefill);
      }
      String turn = turns.getFirst();
      return turn.substring(turn.indexOf(':') + 1);
    }

    /// Whether the only user turn already asks for the answer, as the direct question does.
    boolean asksAtOnce() {
      return asks;
    }
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
            "<|begin|>",
            BEGIN,
            "<|end|>",
            END,
            "<|header|>",
            HEADER,
            "<|header_end|>",
            HEADER_END,
            "<think>",
            THINK,
            "</think>",
            THOUGHT,
            "<tool_call>",
            CALL);

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
