package criticalwindows.scoring;

import criticalwindows.dataset.Problem;
import criticalwindows.grade.Answer;
import criticalwindows.hash.Sha256;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `program:COMMAND`: a program of the user's says what responses come to. It reads a line of JSON
/// for each, `{"id", "question", "response", "reply", "finish"}`, and writes one, `{"class",
/// "score"}`.
///
/// `program@.5:COMMAND` makes classes of the score by that threshold, whatever class the program
/// names; without one, the class counts, and a score alone is taken by [#USUAL].
/// `program@30s:COMMAND` waits so long for an answer, and [#STARTING] times as long for the first
/// one of a process.
///
/// The same text is asked once, as long as the memory of the last [#REMEMBERED] texts reaches, and
/// for a run once at all: its folder keeps what was said ([VerdictFile]).
final class ProgramScorer implements Scorer, Kept {
  /// The threshold of a score where neither the program names a class nor the user a threshold.
  static final BigDecimal USUAL = new BigDecimal("0.5");

  /// Texts whose outcome is kept, 300 bytes each.
  private static final int REMEMBERED = 50_000;

  private static final int STARTING = 6;
  private static final int SECONDS = 10;
  private static final int MOST_SECONDS = 3600;

  /// All beyond ASCII as `\\u00e9`, so that it arrives whole whatever locale the program runs in.
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final Outcome NOT_ASKED = new Answer.Unread("the program was not asked about it");

  private final String command;
  private final Optional<Program> program;
  private final Optional<BigDecimal> threshold;
  private final Object asking = new Object();
  private Optional<VerdictFile> kept = Optional.empty();
  private final Map<ByteBuffer, Outcome> known =
      new LinkedHashMap<>(16, .75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Outcome> eldest) {
          return size() > REMEMBERED;
        }
      };

  /// @param command of the program, as it was written
  /// @param program absent where nothing is asked, and what is kept is all there is
  /// @param threshold by which scores become classes, whatever class the program names
  ProgramScorer(String command, Optional<Program> program, Optional<BigDecimal> threshold) {
    this.command = command;
    this.program = program;
    this.threshold = threshold;
  }

  /// What a run's folder keeps of a program's verdicts; the program is not started.
  static ProgramScorer told(Spec spec, VerdictFile kept) {
    Optional<BigDecimal> threshold = Optional.empty();
    for (String mark : spec.marks()) {
      threshold = mark.endsWith("s") ? threshold : Optional.of(threshold(spec, mark));
    }
    ProgramScorer scorer = new ProgramScorer(spec.rest(), Optional.empty(), threshold);
    scorer.keep(kept);
    return scorer;
  }

  /// The class of scores that reach the threshold; absent where the program names classes.
  Optional<String> positive() {
    return threshold.map(least -> "≥ " + least.toPlainString());
  }

  @Override
  public void keep(VerdictFile file) {
    kept = Optional.of(file);
  }

  static Scorer parse(Spec spec) {
    List<String> command =
        CommandLine.words(spec.rest())
            .orElseThrow(() -> spec.wrong("a quote is not closed", "close it"));
    if (command.isEmpty()) {
      throw spec.wrong(
          "the command is empty", "write program:COMMAND, such as program:python3 judge.py");
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    if (!CommandLine.found(command.getFirst(), path)) {
      throw spec.wrong(
          "there is no program " + command.getFirst(),
          "give its path, or put it on the search path (PATH); it must be executable");
    }
    Optional<BigDecimal> threshold = Optional.empty();
    int seconds = SECONDS;
    for (String mark : spec.marks()) {
      if (mark.endsWith("s")) {
        seconds = seconds(spec, mark);
      } else {
        threshold = Optional.of(threshold(spec, mark));
      }
    }
    Program.Limits limits =
        new Program.Limits(
            Duration.ofSeconds((long) STARTING * seconds), Duration.ofSeconds(seconds));
    return new ProgramScorer(spec.rest(), Optional.of(new Program(command, limits)), threshold);
  }

  private static int seconds(Spec spec, String mark) {
    String number = mark.substring(0, mark.length() - 1);
    if (!number.matches("\\d{1,4}")
        || Integer.parseInt(number) < 1
        || Integer.parseInt(number) > MOST_SECONDS) {
      throw spec.wrong(
          "@" + mark + " is no time from 1 s to " + MOST_SECONDS + " s", "write program@30s:…");
    }
    return Integer.parseInt(number);
  }

  static BigDecimal threshold(Spec spec, String mark) {
    if (mark.matches("\\d{0,1}(\\.\\d{1,6})?") && !mark.isEmpty()) {
      BigDecimal threshold = new BigDecimal(mark);
      if (threshold.signum() > 0 && threshold.compareTo(BigDecimal.ONE) <= 0) {
        return threshold.stripTrailingZeros();
      }
    }
    throw spec.wrong(
        "@" + mark + " is neither a threshold above 0 and up to 1 nor a time",
        "write program@0.5:… or program@30s:…");
  }

  @Override
  public Outcome of(Problem item, Said said) {
    String line = line(item, said);
    ByteBuffer key = ByteBuffer.wrap(Sha256.of(line));
    return known(key).orElseGet(() -> asked(key, line));
  }

  private Optional<Outcome> known(ByteBuffer key) {
    synchronized (known) {
      return Optional.ofNullable(known.get(key));
    }
  }

  /// One thread asks at a time; what it was told meanwhile is not asked again.
  private Outcome asked(ByteBuffer key, String line) {
    synchronized (asking) {
      return known(key).orElseGet(() -> remembered(key, said(line)));
    }
  }

  /// What is kept, or else what the program says now.
  private Outcome said(String line) {
    String name = VerdictFile.key(command, line);
    Optional<Verdict.Given> before = kept.flatMap(file -> file.find(name));
    if (before.isPresent() || program.isEmpty()) {
      return before.map(this::given).orElse(NOT_ASKED);
    }
    return switch (program.get().ask(line)) {
      case Verdict.Garbled garbled -> new Answer.Unread(garbled.why());
      case Verdict.Given given -> {
        kept.ifPresent(file -> file.add(name, given));
        yield given(given);
      }
    };
  }

  private Outcome remembered(ByteBuffer key, Outcome outcome) {
    synchronized (known) {
      known.put(key, outcome);
    }
    return outcome;
  }

  private static String line(Problem item, Said said) {
    ObjectNode line =
        JSON.createObjectNode()
            .put("id", item.id())
            .put("question", item.text())
            .put("response", said.response());
    said.reply().ifPresentOrElse(reply -> line.put("reply", reply), () -> line.putNull("reply"));
    line.put("finish", said.finish().name().toLowerCase(Locale.ROOT));
    return JSON.writeValueAsString(line);
  }

  /// What was recorded with a text that was given.
  @Override
  public Optional<Outcome> right(Problem item) {
    return item.given().flatMap(text -> item.answer()).map(this::named);
  }

  @Override
  public Optional<Outcome> named(Problem item, String name) {
    return Optional.of(named(name));
  }

  /// Of a threshold's two classes the program knows nothing.
  private Outcome named(String name) {
    boolean own = name.startsWith("≥ ") || name.startsWith("< ");
    return threshold.isPresent() || own ? new Fixed(name) : Quoted.of(name);
  }

  private Outcome given(Verdict.Given given) {
    OptionalDouble score = given.score();
    if (score.isPresent() && !(score.getAsDouble() >= 0 && score.getAsDouble() <= 1)) {
      return new Answer.Unread("the program gave a score that is not in [0, 1]");
    }
    if (threshold.isEmpty() && given.name().isPresent()) {
      return new Judged(Quoted.of(given.name().get()), score);
    }
    if (score.isEmpty()) {
      return new Answer.Unread(
          threshold.isPresent()
              ? "the program gave no score"
              : "the program gave neither a class nor a score");
    }
    BigDecimal least = threshold.orElse(USUAL);
    boolean reached = BigDecimal.valueOf(score.getAsDouble()).compareTo(least) >= 0;
    return new Judged(new Fixed((reached ? "≥ " : "< ") + least.toPlainString()), score);
  }

  @Override
  public void close() {
    kept.ifPresent(VerdictFile::flush);
    program.ifPresent(Program::close);
  }
}
