package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.cot.CotSettings;
import criticalwindows.error.UserError;
import criticalwindows.model.Model;
import criticalwindows.noise.CutPlan;
import criticalwindows.run.Experiments;
import criticalwindows.scoring.Outcomes;
import criticalwindows.trace.RepeatedWords;
import criticalwindows.trace.TraceSettings;
import criticalwindows.trace.Tracing;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cw run repeat`: when a model stops to repeat a word.
@Command(
    name = "repeat",
    description = {
      "When does a model stop to repeat a word? Its turn is begun with the word k times, and"
          + " written on many times. Counted is whether the word comes once more at once, in what"
          + " the model wrote alone: P(goes on) by k, for each word and on average."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  cw run repeat --model base",
      "  cw run repeat --model base --words tree,poem --counts 1,10,100 --samples 100",
      "  cw run repeat --model llama-3.1-8b.gguf --request 'Say \"poem\" again and again.'"
    })
final class RepeatCommand implements Callable<Integer> {
  /// As published: 37 counts.
  private static final List<Integer> COUNTS =
      IntStream.concat(
              IntStream.rangeClosed(0, 25).map(i -> 2 * i),
              IntStream.rangeClosed(0, 10).map(i -> 51 + 50 * i))
          .boxed()
          .toList();

  /// Tokens of a continuation: as many as any word has.
  private static final int TOKENS = 8;

  private final Console console;

  @Option(
      names = "--words",
      paramLabel = "WORD,…",
      split = ",",
      defaultValue = "company,one,b,j,life",
      description = "The words (default: ${DEFAULT-VALUE}, as published).")
  List<String> words = List.of();

  @Option(
      names = "--counts",
      paramLabel = "K,…",
      description = {
        "How often a word is given; 0 always stands with them (default: 0, 2 … 50, 51, 101 … 551,"
            + " as published, as far as the context goes)."
      })
  Optional<String> counts = Optional.empty();

  @Option(
      names = "--request",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "What the user says (default: nothing).")
  String request = "";

  @Mixin CutRunOptions texts = new CutRunOptions();

  @Mixin SamplingOptions sampling = new SamplingOptions();

  RepeatCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    sampling.check();
    texts.check();
    Optional<List<Integer>> asked = counts.map(RepeatCommand::parsed);
    List<String> each = words.stream().map(String::strip).distinct().toList();
    try (Outcomes outcomes = texts.outcome.orElse(Outcomes.REPEATS, "goes on");
        Model opened = texts.model.open(console)) {
      CotSettings cuts =
          sampling.settings(opened, new CutPlan.First(1), sampling.maxTokens.orElse(TOKENS));
      RepeatedWords repeated = new RepeatedWords(opened, request, cuts.maxTokens());
      RepeatedWords.Fitting fitting =
          asked.map(all -> repeated.all(each, all)).orElseGet(() -> repeated.those(each, COUNTS));
      Hubs.say(console, fitting.notes());
      String source = String.join(",", each);
      Tracing tracing = Tracing.of(opened, fitting.traces(), source);
      return new TextRun(console, texts, opened, outcomes)
          .go(
              new TextRun.Asked(
                  Experiments.REPEAT, source, sampling, new TraceSettings(cuts, List.of())),
              tracing);
    }
  }

  private static List<Integer> parsed(String counts) {
    try {
      List<Integer> all =
          Arrays.stream(counts.split(",", -1)).map(String::strip).map(Integer::parseInt).toList();
      if (all.stream().allMatch(count -> count >= 0 && count <= 100_000)) {
        return Stream.concat(Stream.of(0), all.stream()).distinct().sorted().toList();
      }
    } catch (NumberFormatException e) {
      throw wrong(counts, e);
    }
    throw wrong(counts, new IllegalArgumentException(counts));
  }

  private static UserError wrong(String counts, Exception why) {
    return new UserError(
        "--counts " + counts, "give whole numbers from 0 to 100,000, such as 1,10,100", why);
  }
}
