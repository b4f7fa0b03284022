package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.model.Model;
import criticalwindows.model.Tokens;
import criticalwindows.noise.CutPlan;
import criticalwindows.reading.Texts;
import criticalwindows.reading.TraceFiles;
import criticalwindows.rollout.Budget;
import criticalwindows.rollout.Runner;
import criticalwindows.run.RunFolders;
import criticalwindows.run.Shard;
import criticalwindows.scoring.Outcomes;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import criticalwindows.trace.Trace;
import criticalwindows.trace.TraceScripts;
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

  @Mixin OutcomeOption outcome = new OutcomeOption();

  @Mixin ModelOptions model = new ModelOptions();

  @Mixin CutOptions cutting = new CutOptions();

  @Option(
      names = "--stop-at",
      paramLabel = "TOKEN",
      description = {
        "A control token at which continuations end too, such as </tool_call> (default: those that"
            + " end the model's turn; with --cuts turns <tool_response> too, where there is one)."
      })
  List<String> stopAt = List.of();

  @Mixin BudgetOption budget = new BudgetOption();

  @Mixin DryRun dryRun = new DryRun();

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "Only the I-th of N shares of the texts; cw merge joins the runs.")
  Optional<String> shard = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "The run's folder; must not exist (default: a new one in runs/).")
  Optional<Path> out = Optional.empty();

  TraceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    cutting.check();
    dryRun.check(model.server);
    shard.ifPresent(Shard::parse);
    Budget limit = budget.read();
    Texts read = TraceFiles.read(new TraceFiles.Asked(file, layout, requests));
    try (Outcomes outcomes = outcome.named();
        Model opened = model.open(console)) {
      Texts texts = outcomes.byProgram() ? read : read.withoutGrades();
      Hubs.say(console, texts.notes());
      Tracing tracing = Tracing.of(opened, traces(texts), file.toString());
      TraceSettings settings = settings(opened, tracing.items());
      TraceScripts scripts = new TraceScripts(opened, settings);
      if (dryRun.wanted) {
        CotSettings tried = DryRun.tried(settings.cuts());
        return dryRun.say(console, scripts.with(tried), settings.cuts(), tracing.items());
      }
      // What cannot run at all is said before there is a folder.
      Runner.width(new FixedCuts(scripts), tracing.items());
      Manifest manifest =
          new NewRuns(console, model, opened)
              .trace(
                  new NewRuns.Asked(cutting, shard, outcomes),
                  settings,
                  new Manifest.Items(file.toString(), tracing.items().size()));
      Path folder = out.orElseGet(() -> RunFolders.fresh("trace", file.toString(), opened));
      Traffics.warn(console, opened, settings.cuts().sampling());
      Hubs.say(console, tracing.notes());
      try (RunFolder run = RunFolder.create(folder, manifest, tracing.items())) {
        return new Session(console, run, limit, Traffics.of(opened, model.server.price), outcomes)
            .go(opened);
      }
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
    CotSettings cuts = cutting.settings(opened, most(opened, items));
    boolean turns = stopAt.isEmpty() && cuts.cuts() instanceof CutPlan.Turns;
    return new TraceSettings(cuts, turns ? ends(opened) : stopAt);
  }

  private List<Trace> traces(Texts texts) {
    boolean turns = cutting.plan() instanceof CutPlan.Turns;
    return turns ? Transcripts.turns(texts.traces()) : texts.traces();
  }

  /// What a tool says is never made up: a turn ends there too.
  private static List<String> ends(Model opened) {
    return opened.vocabulary().marker(TOOL).isPresent() ? List.of(TOOL) : List.of();
  }

  /// As many tokens as the context leaves for every response, at most twice the longest one.
  private static int most(Model opened, List<Problem> items) {
    int left = opened.contextLength();
    int longest = 0;
    for (Problem item : items) {
      GivenText text = item.given().orElseThrow();
      left = Math.min(left, opened.contextLength() - text.prompt().size());
      longest = Math.max(longest, text.response().map(Tokens::size).orElse(0));
    }
    return Math.min(left, Math.max(RESPONSE_TOKENS, 2 * longest));
  }
}
