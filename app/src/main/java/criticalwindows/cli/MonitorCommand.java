package criticalwindows.cli;

import criticalwindows.alarm.AlarmScore;
import criticalwindows.alarm.ThresholdFile;
import criticalwindows.console.Console;
import criticalwindows.console.Exit;
import criticalwindows.error.UserError;
import criticalwindows.monitor.Monitor;
import criticalwindows.monitor.Watched;
import criticalwindows.ratio.Role;
import criticalwindows.show.CotReports;
import criticalwindows.store.RunFolder;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw monitor`: alarms on responses, token by token.
@Command(
    name = "monitor",
    description = {
      "Reads responses token by token, and raises an alarm where a score passes a threshold that"
          + " few benign responses pass: cw monitor calibrate chooses it. At the end it says how"
          + " many alarms there were, and of a run with windows whether they came in time."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    synopsisSubcommandLabel = "| calibrate",
    footer = {
      "",
      "Examples:",
      "  cw monitor calibrate benign.jsonl --out ratio.json",
      "  cw monitor replies.jsonl --threshold ratio.json",
      "  cw monitor runs/attack --threshold ratio.json      alarms beside the measured windows",
      "  cw monitor runs/attack --threshold probe.json,ratio.json,early.json",
      "  my-server-log | cw monitor - --threshold ratio.json --json",
      "  cw monitor http://127.0.0.1:8000 --prompts asks.jsonl --threshold ratio.json"
    })
final class MonitorCommand implements Callable<Integer> {
  /// Tokens of a text in a stream, unless it is longer.
  private static final int STREAMED = 2048;

  private final Console console;
  private final InputStream in;
  private final ReadProbe.Source source;

  @Parameters(
      paramLabel = "TEXTS",
      arity = "0..1",
      description = {
        "A file in any layout of cw run trace, a run about texts, or - for JSON lines from the"
            + " standard input: whole texts, or pieces of several responses as they are written."
            + " Responses that a file lacks the aligned model writes. Or a server's address: it"
            + " writes responses to --prompts, which are watched as they come."
      })
  Optional<String> texts = Optional.empty();

  @Option(
      names = "--threshold",
      paramLabel = "FILE",
      split = ",",
      description = {
        "What cw monitor calibrate has written; it is needed. With several, of whole texts, each is"
            + " watched by itself, and one table holds them against the windows of a run."
      })
  List<Path> thresholds = List.of();

  @Option(
      names = "--probe",
      paramLabel = "DIR",
      split = ",",
      description = "Where the threshold's probes are now, if they have moved.")
  List<Path> probes = List.of();

  @Mixin MonitorModelOptions models = new MonitorModelOptions();

  @Mixin MonitorServerOptions server = new MonitorServerOptions();

  @Option(
      names = "--json",
      description = "Print each alarm as a JSON object on its line, and the report as the last.")
  boolean json;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "" + MonitorCalibrate.REPLY,
      description = "Of a response that is written (default: ${DEFAULT-VALUE}).")
  int most = MonitorCalibrate.REPLY;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of responses that are written (default: ${DEFAULT-VALUE}).")
  long seed = 1;

  /// @param in the standard input
  private MonitorCommand(Console console, InputStream in, ReadProbe.Source source) {
    this.console = console;
    this.in = in;
    this.source = source;
  }

  /// @param in the standard input
  /// @param source of probes
  static CommandLine line(Console console, InputStream in, ReadProbe.Source source) {
    return new CommandLine(new MonitorCommand(console, in, source))
        .addSubcommand("calibrate", new MonitorCalibrate(console, source));
  }

  @Override
  public Integer call() throws InterruptedException {
    // Calibrating needs neither.
    if (texts.isEmpty() || thresholds.isEmpty()) {
      throw new UserError(
          "cw monitor needs texts and a threshold",
          "cw monitor TEXTS --threshold FILE; make one with cw monitor calibrate BENIGN --out"
              + " FILE");
    }
    if (most < 1) {
      throw new UserError("--max-tokens " + most, "give at least 1");
    }
    Optional<MonitorServerOptions.Asked> asked = server.asked(console, texts.get());
    boolean pieces = texts.get().equals("-") || asked.isPresent();
    if (thresholds.size() > 1 && (pieces || json)) {
      throw new UserError(
          thresholds.size()
              + " thresholds, and "
              + (pieces ? "texts that come in pieces" : "--json"),
          "give one threshold, or a file or a run of whole texts without --json");
    }
    return pieces ? pieces(asked) : whole(Path.of(texts.get()));
  }

  private MonitorModels open(ThresholdFile file) throws InterruptedException {
    AlarmScore score = file.score();
    Map<Role, MonitorModelOptions.Named> names = models.models(file.models());
    Optional<MonitorProbes> read =
        score.probes().map(then -> MonitorProbes.of(then, probes, source));
    if (thresholds.size() == 1 && read.isEmpty() && !probes.isEmpty()) {
      throw new UserError(
          "--probe " + probes.getFirst() + ", and the threshold is of the score " + score.name(),
          "choose one with cw monitor calibrate --probe");
    }
    MonitorModels opened = MonitorModels.open(score, read, names, models.engine.options());
    try {
      opened.models().forEach(file::require);
      return opened;
    } catch (UserError e) {
      opened.close();
      throw e;
    }
  }

  private Alarms alarms(MonitorModels opened, ThresholdFile file) {
    Alarms.Form form = json ? Alarms.Form.JSON : Alarms.Form.LINES;
    return new Alarms(console, opened.first().vocabulary(), file.threshold().value(), form);
  }

  private int pieces(Optional<MonitorServerOptions.Asked> asked) throws InterruptedException {
    ThresholdFile file = ThresholdFile.read(thresholds.getFirst());
    try (MonitorModels opened = open(file)) {
      Alarms alarms = alarms(opened, file);
      Monitor monitor = opened.monitor(file.score(), STREAMED, MonitorProbes.STREAMED);
      int context = file.score().reads() ? Math.min(STREAMED, opened.context()) : opened.context();
      MonitorStream stream =
          new MonitorStream(console, monitor, opened.prompter(), alarms, context);
      int faults = asked.isPresent() ? served(opened, stream, asked.get()) : stream.read(in);
      List<String> tables = new ArrayList<>(MonitorTables.groups(alarms.seen()));
      tables.addAll(opened.speed());
      alarms.report(opened.computed(), tables);
      return faults == 0 ? 0 : Exit.USER_ERROR;
    }
  }

  private int served(MonitorModels opened, MonitorStream stream, MonitorServerOptions.Asked asked)
      throws InterruptedException {
    MonitoredTexts.Source from = new MonitoredTexts.Source(asked.prompts(), most, seed);
    ServedTexts served = ServedTexts.read(console, from, opened.first());
    served.watch(asked.options(), stream);
    return stream.faults();
  }

  /// One threshold after the other; what they came to beside the windows stands in one table.
  private int whole(Path path) throws InterruptedException {
    List<Raised> all = new ArrayList<>();
    for (Path each : thresholds) {
      ThresholdFile file = ThresholdFile.read(each);
      if (thresholds.size() > 1) {
        console.out().println((all.isEmpty() ? "" : "\n") + each + ": " + file.score().name());
      }
      try (MonitorModels opened = open(file)) {
        Alarms alarms = alarms(opened, file);
        all.add(new Raised(file.score().name(), alarms));
        watch(opened, file, alarms, path);
      }
    }
    if (Files.isDirectory(path) && !json) {
      console.out().println();
      beside(path, all).forEach(console.out()::println);
    }
    return 0;
  }

  private void watch(MonitorModels opened, ThresholdFile file, Alarms alarms, Path path)
      throws InterruptedException {
    MonitoredTexts.Source from = new MonitoredTexts.Source(path, most, seed);
    MonitoredTexts all = MonitoredTexts.read(console, from, opened);
    Monitor monitor = opened.monitor(file.score(), all.longest(), 1);
    long before = opened.computed();
    List<String> failed = new ArrayList<>();
    all.follow(
        opened,
        monitor,
        read -> {
          read.followed().failure().ifPresent(why -> failed.add(read.response().id() + ": " + why));
          alarms.look(read.followed(), read.response().group(), 0);
          alarms.ended(read.followed(), read.response().group());
        });
    console.warn(failed);
    List<String> tables = new ArrayList<>(MonitorTables.groups(alarms.seen()));
    tables.addAll(opened.speed());
    alarms.report(opened.computed() - before, tables);
  }

  /// @param score that was followed, for people
  private record Raised(String score, Alarms alarms) {}

  /// Alarms beside the windows of a run.
  private static List<String> beside(Path folder, List<Raised> all) {
    try (RunFolder run = RunFolder.open(folder)) {
      CotReports reports = CotReports.of(run);
      List<MonitorTables.Decided> decided = new ArrayList<>();
      for (Raised each : all) {
        List<Watched> watched =
            MeasuredWindows.watched(reports.findings(), reports.windows(), each.alarms::of);
        decided.add(new MonitorTables.Decided(each.score, watched));
      }
      return decided.getFirst().responses().isEmpty()
          ? List.of("no response of the run came to its class by a window that is claimed")
          : MonitorTables.when(decided);
    }
  }
}
