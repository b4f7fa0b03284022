package criticalwindows.testbed;

import criticalwindows.model.ChatTemplate;
import criticalwindows.model.Completion;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Model;
import criticalwindows.model.Sampled;
import criticalwindows.model.Sampling;
import criticalwindows.model.Scored;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.world.Document;
import criticalwindows.world.Posterior;
import criticalwindows.world.Program;
import criticalwindows.world.Prompts;
import criticalwindows.world.WrittenReply;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// A model that is the world: asked one of the prompts it knows, it writes what the program behind
/// it would write, character by character, with exactly its probabilities. Or it errs in a known
/// way.
final class WorldModel implements Model {
  private static final int END = 132;
  private static final String HEADER_END = "<|end_header_id|>\n\n";

  private final Map<String, Program> programs = new HashMap<>();
  private final Map<String, Double> probabilities = new HashMap<>();
  private final Pen pen;
  private final double sharpness;

  /// How a text is written on.
  interface Pen {
    /// @return a whole text that starts with `prefix`
    String write(Program program, String prefix, RandomGenerator random);
  }

  /// With exactly the probabilities of the program.
  static final Pen EXACT =
      (program, prefix, random) ->
          WrittenReply.sample(program, prefix, random).map(WrittenReply::text).orElse(prefix);

  /// The exact model.
  WorldModel() {
    this(EXACT, 1);
  }

  /// @param sharpness every probability that is scored is raised to this power; 1 is exact
  WorldModel(Pen pen, double sharpness) {
    this.pen = pen;
    this.sharpness = sharpness;
  }

  /// Teaches a prompt and the program that answers it.
  <P extends Program> P know(Document prompt, P program) {
    programs.put(prompt.text(), program);
    return program;
  }

  @Override
  public String name() {
    return "world";
  }

  @Override
  public Vocabulary vocabulary() {
    return new Characters();
  }

  @Override
  public ChatTemplate chatTemplate() {
    throw new UnsupportedOperationException("prompts come from the world itself");
  }

  @Override
  public int contextLength() {
    return 8192;
  }

  @Override
  public Recommended recommended() {
    return new Recommended(Sampling.PLAIN, "the world's own probabilities");
  }

  @Override
  public int width(int tokens) {
    return 64;
  }

  /// What stands before the reply, and the reply as far as it goes.
  private record Read(Program program, String prompt, String reply) {}

  private Read read(Tokens tokens) {
    StringBuilder text = new StringBuilder();
    tokens.stream().forEach(id -> text.append(vocabulary().show(id)));
    int header = text.lastIndexOf(HEADER_END) + HEADER_END.length();
    String prompt = text.substring(0, header);
    Program program = programs.get(prompt);
    if (program == null) {
      throw new IllegalArgumentException("nobody taught " + prompt);
    }
    boolean reasoning = text.indexOf(Prompts.PREFILL, header) == header;
    int from = header + (reasoning ? Prompts.PREFILL.length() : 0);
    return new Read(program, text.substring(0, from), text.substring(from));
  }

  @Override
  public void run(List<Script> scripts, Sink sink) {
    for (int i = 0; i < scripts.size(); i++) {
      Script script = scripts.get(i);
      if (script.steps().getFirst() instanceof Step.Score score) {
        List<Scored> scores =
            score.alternatives().texts().stream()
                .map(text -> new Scored(score(script.start(), text)))
                .toList();
        sink.finished(i, new Completion(List.of(), List.of(scores), Duration.ZERO));
        continue;
      }
      Step.Sample step = (Step.Sample) script.steps().getFirst();
      Read read = read(script.start());
      String whole = pen.write(read.program, read.reply, new SplittableRandom(script.seed()));
      Tokens written = vocabulary().encode(whole.substring(read.reply.length()));
      boolean cut = written.size() > step.maxTokens();
      Tokens kept = cut ? written.prefix(step.maxTokens()) : written;
      // Its probabilities are not asked for where it writes.
      LogProbs none = LogProbs.of(new float[kept.size() + (cut ? 0 : 1)]);
      FinishReason finish = cut ? FinishReason.LENGTH : FinishReason.STOP;
      sink.finished(i, new Completion(List.of(new Sampled(kept, none, finish)), Duration.ZERO));
    }
  }

  private LogProbs score(Tokens start, Tokens continuation) {
    Tokens tokens = start.plus(continuation);
    boolean ended = tokens.at(tokens.size() - 1) == END;
    Tokens text = ended ? tokens.prefix(tokens.size() - 1) : tokens;
    Read read = read(text);
    float[] scores = new float[continuation.size()];
    // Characters of the reply that belong to the start.
    int begun = start.size() - (text.size() - read.reply.length());
    for (int i = begun; i < read.reply.length(); i++) {
      double before = probability(read, i);
      double probs = before == 0 ? 0 : probability(read, i + 1) / before;
      scores[i - begun] = (float) (sharpness * Math.log(probs));
    }
    if (ended) {
      boolean whole = WrittenReply.read(read.program, read.reply).isPresent();
      scores[scores.length - 1] = whole ? 0 : Float.NEGATIVE_INFINITY;
    }
    return LogProbs.of(scores);
  }

  private double probability(Read read, int length) {
    String prefix = read.reply.substring(0, length);
    return probabilities.computeIfAbsent(
        read.prompt + prefix, _ -> Posterior.of(read.program, prefix).textProbability());
  }

  @Override
  public Map<String, String> provenance() {
    return Map.of("engine", "the world");
  }

  @Override
  public void close() {}

  private static final class Characters implements Vocabulary {
    private static final Map<String, Integer> CONTROLS =
        Map.of(
            "<|begin_of_text|>",
            128,
            "<|end_of_text|>",
            129,
            "<|start_header_id|>",
            130,
            "<|end_header_id|>",
            131,
            "<|eot_id|>",
            END);

    @Override
    public int size() {
      return 133;
    }

    @Override
    public Tokens encode(String text) {
      return Tokens.of(text.chars().toArray());
    }

    @Override
    public String decode(Tokens tokens) {
      StringBuilder text = new StringBuilder();
      tokens.stream().filter(id -> id < 128).forEach(id -> text.append((char) id));
      return text.toString();
    }

    @Override
    public String show(int id) {
      return CONTROLS.entrySet().stream()
          .filter(control -> control.getValue() == id)
          .map(Map.Entry::getKey)
          .findFirst()
          .orElseGet(() -> Character.toString(id));
    }

    @Override
    public Map<String, Integer> controls() {
      return CONTROLS;
    }

    @Override
    public OptionalInt begin() {
      return OptionalInt.of(128);
    }

    @Override
    public Set<Integer> stops() {
      return Set.of(END);
    }
  }
}
