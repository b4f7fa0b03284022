package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.model.Model;
import criticalwindows.noise.CutPlan;
import criticalwindows.reading.Texts;
import criticalwindows.reading.TraceFiles;
import criticalwindows.scoring.Outcomes;
import criticalwindows.trace.Trace;
import criticalwindows.trace.TraceSettings;
import criticalwindows.trace.Tracing;
import criticalwindows.trace.Transcripts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw run trace`: noise and denoise on texts that exist already.
@Command(
    name = "trace",
    description = {
      "Where in a text that exists already was its outcome decided? Each response is cut at several"
          + " places, and from each cut the model writes the rest anew many times, to the end of"
          + " the assistant's turn. The outcome is read in the response itself, by --outcome."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "A line of FILE is a JSON object. Before the response stands one of",
      "  \"messages\": [{\"role\": \"user\", \"content\": \"…\"} …]   system, user, assistant,"
          + " tool",
      "  \"prompt\": \"…\"                                        a text that is no conversation",
      "  \"prompt_token_ids\": [1, 2 …]                         used as they are",
      "and the response is one of",
      "  \"response\": \"…\" (or \"completion\"), \"response_token_ids\": [3, 4 …],",
      "  \"repeat\": {\"text\": \" banana\", \"times\": 50}",
      "Without a response, a last turn of the assistant is the response; where the last turn is",
      "another, the model writes one. With a response, a last turn of the assistant is unfinished,",
      "and the response goes on with it. \"id\", \"outcome\" (as it was recorded) and",
      "\"finish_reason\": \"length\" can stand beside these.",
      "",
      "Files of other tools are read as they are, by what their first object has: logs of Inspect",
      "(.eval, .json), samples of lm-evaluation-harness, batches of OpenAI's and outputs of vLLM;",
      "docs/texts.md says what is taken from each.",
      "",
      "Examples:",
      "  cw run trace chats.jsonl --outcome 'contains:sorry|cannot' --adaptive",
      "  cw run trace chats.jsonl --outcome 'pattern:answer is (\\w+)' --outcome length:100",
      "  cw run trace logs.jsonl --outcome program:./judge.py --model http://gpu1:8000",
      "  cw run trace responses.jsonl --requests requests.jsonl --outcome 'pattern:(yes|no)'",
      "  cw run trace agents.jsonl --outcome contains:delete --cuts turns",
      "  cw run trace reasoned.jsonl --outcome 'pattern:answer is (\\w+)' --cuts thinking"
    })
final class TraceCommand implements Callable<Integer> {
  /// The most tokens of a response unless asked otherwise, where the context leaves as much.
  private static final int RESPONSE_TOKENS = 2048;

  /// With what the words of a tool begin.
  private static final String TOOL = "<tool_response>";

  private final Console console;

  @Parameters(paramLabel = "FILE", description = "Texts, a JSON object a line, or one JSON array.")
  Path file = Path.of("");

  @Option(
      names = "--layout",
      paramLabel = "NAME",
      description = {
        "The file's layout: lines, inspect, lm-eval, openai or vllm (default: as its first object"
            + " tells)."
      })
  Optional<String> layout = Optional.empty();

  @Option(
      names = "--requests",
      paramLabel = "FILE",
      description = "What was asked, for the responses of a batch of OpenAI's.")
  Optional<Path> requests = Optional.empty();

  @Mixin CutRunOptions texts = new CutRunOptions();

  @Mixin CutOptions cutting = new CutOptions();

  @Option(
      names = "--stop-at",
      paramLabel = "TOKEN",
      description = {
        "A control token at which continuations end too, such as </tool_call> (default: those that"
            + " end the model's turn; with --cuts turns <tool_response> too, where there is one)."
      })
  List<String> stopAt = List.of();

  TraceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    cutting.check();
    texts.check();
    Texts read = TraceFiles.read(new TraceFiles.Asked(file, layout, requests));
    try (Outcomes outcomes = texts.outcome.named();
        Model opened = texts.model.open(console)) {
      Texts taken = outcomes.byProgram() ? read : read.withoutGrades();
      Hubs.say(console, taken.notes());
      Tracing tracing = Tracing.of(opened, traces(taken), file.toString());
      TextRun.Asked asked =
          new TextRun.Asked(
              TraceSettings.EXPERIMENT,
              file.toString(),
              cutting.sampling,
              settings(opened, tracing.items()));
      return new TextRun(console, texts, opened, outcomes).go(asked, tracing);
    }
  }

  private TraceSettings settings(Model opened, List<Problem> items) {
    for (String name : stopAt) {
      if (opened.vocabulary().marker(name).isEmpty()) {
        throw new UserError(
            "--stop-at " + name + ": " + opened.name() + " has no such control token",
            "name one of its vocabulary, as its chat template writes it");
      }
    }
    CotSettings cuts = cutting.settings(opened, TextRun.most(opened, items, RESPONSE_TOKENS));
    boolean turns = stopAt.isEmpty() && cuts.cuts() instanceof CutPlan.Turns;
    return new TraceSettings(cuts, turns ? ends(opened) : stopAt);
  }

  private List<Trace> traces(Texts taken) {
    boolean turns = cutting.plan() instanceof CutPlan.Turns;
    return turns ? Transcripts.turns(taken.traces()) : taken.traces();
  }

  /// What a tool says is never made up: a turn ends there too.
  private static List<String> ends(Model opened) {
    return opened.vocabulary().marker(TOOL).isPresent() ? List.of(TOOL) : List.of();
  }
}
