package criticalwindows.cli;

import criticalwindows.bench.BenchCommand;
import criticalwindows.console.Console;
import criticalwindows.console.Exit;
import criticalwindows.console.Gradients;
import criticalwindows.error.UserError;
import criticalwindows.view.TerminalText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `cw`: finds the few tokens in which a language model's answer was decided.
@Command(
    name = "cw",
    description = "Finds the few tokens in which a language model's answer was decided.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Start here:",
      "  cw demo                         one experiment on the built-in model, in two minutes",
      "  cw run cot --help               the same with everything to choose",
      "",
      "A run is a folder. Nothing in it is lost when the program is stopped:",
      "  cw resume RUN                   goes on with it",
      "  cw show RUN                     prints what it found, also while it runs",
      "  cw report RUN                   writes its page again"
    })
public final class Main implements Runnable {
  private final Console console;

  @Option(
      names = "--stack-traces",
      hidden = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "Show where an error came from.")
  boolean stackTraces;

  private Main(Console console) {
    this.console = console;
  }

  /// Runs a command and ends the program with its exit code: 0 done, 1 failed, 2 a user error,
  /// which can be put right, 130 stopped by Ctrl-C.
  public static void main(String[] arguments) {
    run(Gradients.NONE, arguments);
  }

  /// The same.
  ///
  /// @param gradients what trains models and fits probes; nothing where the library for it is not
  ///   there
  public static void run(Gradients gradients, String... arguments) {
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    boolean live =
        Optional.ofNullable(System.console()).map(java.io.Console::isTerminal).orElse(false);
    Console console = new Console(out, err, live, InstantSource.system());
    System.exit(execute(console, gradients, arguments));
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /// Runs a command.
  ///
  /// @return its exit code
  public static int execute(Console console, String... arguments) {
    return execute(console, Gradients.NONE, arguments);
  }

  /// The same.
  ///
  /// @param gradients what trains models and fits probes; nothing where the library for it is not
  ///   there
  public static int execute(Console console, Gradients gradients, String... arguments) {
    Main main = new Main(console);
    CommandLine line = new CommandLine(main);
    Map<String, Supplier<Object>> commands = commands(console, gradients);
    // Each takes some milliseconds to build: where one is named, it is all that is needed.
    Set<String> named = commands.keySet();
    if (arguments.length > 0 && named.contains(arguments[0])) {
      named.retainAll(Set.of(arguments[0]));
    }
    commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
    OptionWords.register(line);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(96)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler((e, given) -> misused(console, e))
        .setExecutionExceptionHandler((e, command, result) -> failed(console, main, e));
    try {
      return line.execute(arguments);
    } catch (OutOfMemoryError e) {
      return say(console, tooLarge(e));
    }
  }

  private static UserError tooLarge(OutOfMemoryError e) {
    long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
    return new UserError(
        "this does not fit the " + mebibytes + " MiB that Java may take",
        "give it more, such as CW_JAVA_OPTS=-Xmx4g; a folder or file of a stranger may be made so",
        e);
  }

  private static Map<String, Supplier<Object>> commands(Console console, Gradients gradients) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("demo", () -> new DemoCommand(console));
    commands.put("run", () -> RunCommand.line(console));
    commands.put("import", () -> new ImportCommand(console));
    commands.put("resume", () -> new ResumeCommand(console));
    commands.put("show", () -> new ShowCommand(console));
    commands.put("report", () -> new ReportCommand(console));
    commands.put("audit", () -> new AuditCommand(console));
    commands.put("regrade", () -> new RegradeCommand(console));
    commands.put("compare", () -> new CompareCommand(console));
    commands.put("replicate", () -> new ReplicateCommand(console, Main::execute));
    commands.put("plot", () -> new PlotCommand(console));
    commands.put("train", () -> new TrainCommand(console, gradients.whiteBoxes()));
    commands.put("study", () -> new StudyCommand(console, gradients));
    commands.put("export", () -> ExportCommand.line(console));
    commands.put("explain", () -> new ExplainCommand(console));
    commands.put("intervene", () -> new InterveneCommand(console));
    commands.put("theory", () -> new TheoryCommand(console));
    commands.put("datasets", () -> DatasetsCommand.line(console));
    commands.put("attacks", () -> AttacksCommand.line(console));
    commands.put("judges", () -> JudgesCommand.line(console));
    commands.put("monitor", () -> MonitorCommand.line(console, System.in, ReadProbe::of));
    commands.put("activations", () -> new ActivationsCommand(console));
    commands.put("probes", () -> ProbesCommand.line(console, gradients.probeFitter()));
    commands.put("servers", () -> ServersCommand.line(console));
    commands.put("merge", () -> new MergeCommand(console));
    commands.put("bench", () -> BenchCommand.line(console, Main.class, gradients));
    commands.put("export-gguf", () -> new ExportGgufCommand(console));
    commands.put("export-shards", () -> new ExportShardsCommand(console));
    return commands;
  }

  @Override
  public void run() {
    CommandLine.usage(this, console.out(), Ansi.OFF);
  }

  private static int misused(Console console, ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String message = e.getMessage() == null ? "these arguments do not fit" : e.getMessage();
    if (e.getCause() instanceof UserError failure) {
      return say(console, failure);
    }
    return say(console, new UserError(message, "see: " + command + " --help"));
  }

  private static int failed(Console console, Main main, Exception e) {
    if (main.stackTraces) {
      e.printStackTrace(console.err());
    }
    return switch (e) {
      case UserError failure -> say(console, failure);
      case InterruptedException interrupted -> 130;
      case InvalidPathException path -> say(console, OptionWords.failure(path));
      default -> {
        say(
            console,
            new UserError(
                "this failed in a way nobody foresaw: " + e,
                "run it again with --stack-traces and send us what it prints; what a run had"
                    + " committed is safe"));
        yield Exit.FAILED;
      }
    };
  }

  private static int say(Console console, UserError failure) {
    console.err().println("error: " + TerminalText.line(String.valueOf(failure.getMessage())));
    console.err().println("hint: " + TerminalText.line(failure.hint()));
    return Exit.USER_ERROR;
  }
}
