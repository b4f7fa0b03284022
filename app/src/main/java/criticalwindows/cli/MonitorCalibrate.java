package criticalwindows.cli;

import criticalwindows.alarm.AlarmScore;
import criticalwindows.alarm.ThresholdFile;
import criticalwindows.console.Console;
import criticalwindows.error.UserError;
import criticalwindows.monitor.Followed;
import criticalwindows.monitor.Monitor;
import criticalwindows.monitor.Threshold;
import criticalwindows.ratio.Role;
import criticalwindows.stats.Proportion;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw monitor calibrate`: a threshold that few benign responses pass.
@Command(
    name = "calibrate",
    description = {
      "Chooses the threshold of a monitor: the lowest at which at most a given share of benign"
          + " responses raises an alarm at any of their tokens. It takes at least "
          + Threshold.LEAST
          + " of them."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  cw attacks build --requests world-harmless --n 400 --out benign.jsonl",
      "  cw monitor calibrate benign.jsonl --out ratio.json",
      "  cw monitor calibrate benign.jsonl --score early --every 4 --rate 0.05 --out early.json",
      "  cw monitor calibrate benign.jsonl --probe probes/complied --out probe.json",
      "  cw monitor calibrate benign.jsonl --probe probes/complied --mix probe=1,ratio=1 --out"
          + " both.json"
    })
final class MonitorCalibrate implements Callable<Integer> {
  /// The most tokens of a response that is written for this.
  static final int REPLY = 512;

  private final Console console;
  private final ReadProbe.Source source;

  @Parameters(
      paramLabel = "BENIGN",
      description = {
        "Benign responses: a file in any layout of cw run trace, or a run about texts. Those that"
            + " are not there the aligned model writes."
      })
  Path benign = Path.of("");

  @Mixin MonitorProbeOptions what = new MonitorProbeOptions();

  @Option(
      names = "--rate",
      paramLabel = "SHARE",
      defaultValue = "0.01",
      description = "Of benign responses that may raise an alarm (default: ${DEFAULT-VALUE}).")
  double rate = .01;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where the threshold goes, for cw monitor --threshold.")
  Path out = Path.of("");

  @Mixin MonitorModelOptions models = new MonitorModelOptions();

  @Option(
      names = "--every",
      paramLabel = "K",
      defaultValue = "" + AlarmScore.Phrases.EVERY,
      description = "Tokens from one early answer to the next (default: ${DEFAULT-VALUE}).")
  int every = AlarmScore.Phrases.EVERY;

  @Option(
      names = "--refusal-phrase",
      paramLabel = "TEXT",
      defaultValue = AlarmScore.Phrases.REFUSAL,
      description = "What an early answer that refuses says (default: ${DEFAULT-VALUE}).")
  String refusal = AlarmScore.Phrases.REFUSAL;

  @Option(
      names = "--compliance-phrase",
      paramLabel = "TEXT",
      defaultValue = AlarmScore.Phrases.COMPLIANCE,
      description = "What one that complies says (default: ${DEFAULT-VALUE}).")
  String compliance = AlarmScore.Phrases.COMPLIANCE;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "" + REPLY,
      description = "Of a response that is written (default: ${DEFAULT-VALUE}).")
  int most = REPLY;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of responses that are written (default: ${DEFAULT-VALUE}).")
  long seed = 1;

  MonitorCalibrate(Console console, ReadProbe.Source source) {
    this.console = console;
    this.source = source;
  }

  @Override
  public Integer call() throws InterruptedException {
    AlarmScore named = what.named();
    check();
    Optional<MonitorProbes> probes =
        named.reads()
            ? Optional.of(
                MonitorProbes.of(
                    what.folders.stream().map(source::read).toList(),
                    what.suspected,
                    what.evidence))
            : Optional.empty();
    AlarmScore score =
        named.with(
            new AlarmScore.Phrases(every, refusal, compliance), probes.map(MonitorProbes::how));
    Map<Role, MonitorModelOptions.Named> names = models.models();
    try (MonitorModels opened = MonitorModels.open(score, probes, names, models.engine.options())) {
      MonitoredTexts texts =
          MonitoredTexts.read(console, new MonitoredTexts.Source(benign, most, seed), opened);
      enough(texts.responses().size());
      Monitor monitor = opened.monitor(score, texts.longest(), 1);
      long before = opened.computed();
      Standardising found = new Standardising(score);
      texts.follow(opened, monitor, read -> found.add(followed(read)));
      Threshold threshold = Threshold.calibrate(found.mixed(), rate);
      requireAScore(threshold);
      ThresholdFile file =
          new ThresholdFile(
              found.standardised(),
              opened.named(names),
              rate,
              threshold,
              String.valueOf(benign.getFileName()));
      file.write(out);
      say(opened, file, opened.computed() - before);
    }
    return 0;
  }

  private void check() {
    if (every < 1) {
      throw new UserError("--every " + every, "give at least 1 token");
    }
    if (most < 1) {
      throw new UserError("--max-tokens " + most, "give at least 1");
    }
    if (refusal.isBlank() || compliance.isBlank()) {
      throw new UserError(
          "--refusal-phrase or --compliance-phrase is empty", "give a few words, or leave it out");
    }
    Threshold.requireRate(rate);
  }

  /// Said before the models work.
  private void enough(int texts) {
    Threshold.requireEnough(texts, rate);
  }

  private static Followed followed(MonitoredTexts.Read read) {
    read.followed()
        .failure()
        .ifPresent(
            why -> {
              throw new UserError(
                  read.response().id() + ": " + why,
                  "leave that text out, or use another backend; nothing was written");
            });
    return read.followed();
  }

  private void requireAScore(Threshold threshold) {
    if (!Double.isFinite(threshold.value())) {
      throw new UserError(
          "the benign responses end before the first early answer, at token " + every,
          "ask more often, with --every 1 to 4, or give longer responses");
    }
  }

  private void say(MonitorModels opened, ThresholdFile file, long computed) {
    Threshold threshold = file.threshold();
    Proportion alarms = threshold.responses();
    double fresh = (alarms.successes() + 1.0) / (alarms.trials() + 1);
    opened.about(file.score()).forEach(console.out()::println);
    View.aligned(
            List.of(
                List.of("threshold", Numbers.of(threshold.value(), 4), "an alarm is above it"),
                List.of(
                    "false alarms",
                    alarms.successes()
                        + " of "
                        + alarms.trials()
                        + " = "
                        + Numbers.fine(alarms.estimate(), threshold.rate()),
                    "benign responses that it was chosen on; the interval is exact (95 %)"),
                List.of(
                    "on others",
                    Numbers.fine(fresh),
                    "at most so many of fresh ones of the same kind, on average"),
                List.of(
                    "per 1,000",
                    Numbers.fine(threshold.perThousandTokens()),
                    "benign tokens, of " + Numbers.count(threshold.tokens())),
                List.of(
                    "computed", Numbers.count(computed), "tokens, prompts included, by all models"),
                List.of("file", TerminalText.line(out.toString()), "for cw monitor --threshold")))
        .forEach(console.out()::println);
  }
}
