package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.console.EngineOptions;
import criticalwindows.hub.ModelFiles;
import criticalwindows.run.RunFolders;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cw demo`: the whole method once, on what is built in.
@Command(
    name = "demo",
    description = {
      "Runs the chain-of-thought experiment on the built-in model and the world it was made for,"
          + " prints what it found and writes its page. Needs no network and no GPU; takes a minute"
          + " or two. With --jailbreak the experiment is about refusals: where replies to five"
          + " families of attacks are decided."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final String ALIGNED = "aligned";

  private final Console console;

  @Option(
      names = "--problems",
      paramLabel = "N",
      description = {
        "How many responses are cut (default: 8; with --jailbreak so many requests in each of five"
            + " families, by default 3)."
      })
  Optional<Integer> problems = Optional.empty();

  @Option(
      names = "--jailbreak",
      description =
          "On the built-in model that was taught to refuse: the requests of cw run attack.")
  boolean jailbreak;

  @Mixin EngineOptions engine = new EngineOptions();

  @Option(names = "--out", paramLabel = "FOLDER", description = "As for run.")
  Optional<Path> out = Optional.empty();

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    return jailbreak ? refusals() : answers();
  }

  private int answers() throws InterruptedException {
    say(
        "A response is cut at seven places; from each cut the rest is written anew 16 times,"
            + " and the answer asked for.",
        "Where the share of equal answers jumps, the answer was decided: a critical window.",
        "Every decision in the text this model was taught has known probabilities, so the exact"
            + " curve stands beside the measured one.");
    RunCommand.Cot run = new RunCommand.Cot(console);
    parse(run, "--problems", problems.map(String::valueOf).orElse("8"), "--samples", "16");
    run.shared.model.engine = engine;
    run.shared.out = out;
    return run.call();
  }

  private int refusals() throws InterruptedException {
    say(
        "A model that was taught to refuse replies to forbidden requests of a toy world, plain and"
            + " dressed by four attacks.",
        "Each reply is cut before each of its tokens, and from each cut it is written anew"
            + " 12 times.",
        "Where the share that complies jumps or falls, it was decided; how this model was taught to"
            + " decide is known, so the exact curve stands beside the measured one.");
    Path folder = out.orElseGet(() -> RunFolders.fresh("demo", "jailbreak", ALIGNED));
    AttackCommand run = new AttackCommand(console);
    parse(
        run,
        "--model",
        ALIGNED,
        "--attack",
        "none,prefill,role-play,multi-turn,many-shot",
        "--n",
        problems.map(String::valueOf).orElse("3"),
        "--cuts",
        "first:60",
        "--samples",
        "12",
        "--no-redact");
    int done = attack(run, folder);
    return done == 0 ? ratio(folder) : done;
  }

  /// What the likelihood ratio of the built-in pair sees of these replies, below them on their
  /// page.
  private int ratio(Path folder) throws InterruptedException {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Console quiet = new Console(nowhere, console.err(), console.live(), console.clock());
    Path harmless = folder.resolve("harmless");
    say("Then replies to harmless requests, and what the likelihood ratio of two models sees:");
    AttackCommand replies = new AttackCommand(quiet);
    parse(
        replies,
        "--model",
        ALIGNED,
        "--requests",
        "world-harmless",
        "--n",
        "120",
        "--cuts",
        "first:1",
        "--samples",
        "1");
    int done = attack(replies, harmless);
    if (done != 0) {
      return done;
    }
    RatioCommand scored = new RatioCommand(quiet);
    parse(
        scored,
        folder.toString(),
        "--aligned",
        ALIGNED,
        "--unaligned",
        ModelFiles.BASE,
        "--benign",
        harmless.toString(),
        "--out",
        folder.resolve("ratio").toString());
    scored.models.engine = engine;
    done = scored.call();
    if (done != 0) {
      return done;
    }
    ReportCommand page = new ReportCommand(console);
    parse(page, "--no-redact", folder.toString());
    console.out().println("ratio " + folder.resolve("ratio") + ": on the page too, and by cw show");
    return page.call();
  }

  private int attack(AttackCommand run, Path folder) throws InterruptedException {
    run.texts.model.engine = engine;
    run.texts.out = Optional.of(folder);
    return run.call();
  }

  private void say(String... lines) {
    console.err().println(String.join("\n", lines));
  }

  private static void parse(Object command, String... words) {
    new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(words);
  }
}
