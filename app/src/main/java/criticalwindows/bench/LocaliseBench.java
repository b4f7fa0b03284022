package criticalwindows.bench;

import criticalwindows.console.AdapterOption;
import criticalwindows.console.Console;
import criticalwindows.console.EngineOptions;
import criticalwindows.error.UserError;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.localise.AdaptiveSearch;
import criticalwindows.localise.Prior;
import criticalwindows.model.Model;
import criticalwindows.world.Worlds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cw bench localise`: whether intervals hold, and what a search finds for its price.
@Command(
    name = "localise",
    description = {
      "Without --curves: whether the window model's intervals hold on simulated curves. With it:"
          + " what the adaptive search and its baselines find on curves that are given or exact,"
          + " how well any search could place their windows, and what survives across all of a"
          + " file."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Curves are JSON lines: {\"id\", \"length\", \"kept\": [positions], \"p\": [probabilities],",
      "\"tokens\": [mean continuation length, optional]}; a curve is a step between positions, and",
      "one with /incorrect in its id is read as 1 - p. A window is the shortest stretch with a"
          + " rise",
      "of 0.5: narrow up to a tenth of the length; flat is no rise of 0.3.",
      "",
      "Examples:",
      "  cw bench localise                                        calibration, a few minutes",
      "  cw bench localise --curves FILE --lines even --replays 100",
      "  cw bench localise --curves world --problems 400 --replays 10",
      "  cw bench localise --model base --problems 200",
      "  cw bench localise --model base --texts --problems 300"
    })
final class LocaliseBench implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--curves",
      paramLabel = "FILE|world",
      description = {
        "Replay on these curves: of a file, or the exact ones of texts that the built-in world, or"
            + " a part of it such as world:method, writes."
      })
  Optional<String> curves = Optional.empty();

  @Option(
      names = "--replays",
      paramLabel = "R",
      defaultValue = "100",
      description = "Searches on each given curve (default: ${DEFAULT-VALUE}).")
  int replays = 100;

  @Option(
      names = "--lines",
      defaultValue = "all",
      description = "Of the curves: odd, even or all (default: ${DEFAULT-VALUE}).")
  GivenCurves.Lines lines = GivenCurves.Lines.ALL;

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Simulated curves of each shape (default: ${DEFAULT-VALUE}).")
  int trials = 2000;

  @Option(
      names = "--end",
      defaultValue = "known",
      description = {
        "With --curves: known, the probability is 1 with all of a response kept, as it is where"
            + " continuations are compared with the response itself; or open (default:"
            + " ${DEFAULT-VALUE})."
      })
  Calibration.Ends end = Calibration.Ends.KNOWN;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers there too.")
  Optional<Path> json = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "NAME|FILE",
      description = {
        "Search on this model of the built-in world, whose decisive steps are known, and say how"
            + " often they lie in the interval."
      })
  Optional<String> model = Optional.empty();

  @Option(
      names = "--texts",
      description = {
        "With --model: search on texts that the world's programs write, given as plain text with"
            + " a pattern as their outcome, whose largest exact step is 0.35 or more."
      })
  boolean texts;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      defaultValue = "world",
      description = "With --model: problems of the world (default: ${DEFAULT-VALUE}).")
  String dataset = "world";

  @Option(
      names = "--problems",
      paramLabel = "N",
      defaultValue = "200",
      description = "With --model or --curves world: how many (default: ${DEFAULT-VALUE}).")
  int problems = 200;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "With these: of the problems and every draw (default: ${DEFAULT-VALUE}).")
  long seed = 1;

  @Mixin AdapterOption adapter = new AdapterOption();

  @Mixin EngineOptions engine = new EngineOptions();

  LocaliseBench(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (replays < 1 || trials < 1 || problems < 1) {
      throw new UserError(
          "--replays " + replays + ", --trials " + trials + ", --problems " + problems,
          "give at least one of each");
    }
    LocaliseTable table = new LocaliseTable();
    if (model.isPresent()) {
      table.search(search(model.get()));
    } else if (curves.isPresent()) {
      replay(table, curves.get());
    } else {
      for (Calibration.Ends ends : Calibration.Ends.values()) {
        table.calibration(new Calibration(Prior.STANDARD, .9, ends).rows(trials), .9, ends);
      }
    }
    console.out().println(table.text());
    json.ifPresent(file -> write(file, table.json()));
    return 0;
  }

  private KnownSteps search(String name) throws InterruptedException {
    try (Model opened =
        LlamaModel.open(ModelFiles.standard().find(name), adapter.in(engine.options()))) {
      return texts
          ? TextSearch.run(console, opened, dataset, problems, seed)
          : WorldSearch.run(console, opened, WorldSearch.Draw.of(dataset, problems, seed));
    }
  }

  private void replay(LocaliseTable table, String name) {
    if (Worlds.names().contains(name)) {
      replay(table, WorldCurves.draw(name, problems, seed, lines));
      return;
    }
    Path file = Path.of(name);
    List<GivenCurve> given = GivenCurves.read(file, lines);
    replay(table, given);
    table.again(Again.rows(given, replays));
    table.corpus(
        Discoveries.of(GivenCurves.read(file, GivenCurves.Lines.ALL), 100, Prior.STANDARD));
  }

  private void replay(LocaliseTable table, List<GivenCurve> given) {
    List<GivenCurve> searched =
        switch (end) {
          case KNOWN -> given.stream().map(GivenCurve::ended).toList();
          case OPEN -> given;
        };
    List<Replays.Row> rows = new ArrayList<>();
    List<Miss> misses = new ArrayList<>();
    for (Replays.Named named : localisers()) {
      Replays.Report report = Replays.of(named, searched, replays, trials);
      rows.addAll(report.rows());
      if (named.localiser().equals(AdaptiveSearch.STANDARD)) {
        misses.addAll(report.misses());
      }
    }
    table.replays(rows);
    table.misses(misses);
    table.rivals(Rivals.of(given), AdaptiveSearch.STANDARD.settings().budget());
  }

  private static List<Replays.Named> localisers() {
    return List.of(
        new Replays.Named("adaptive search", AdaptiveSearch.STANDARD),
        new Replays.Named("6 x 25, window model", new Baselines.Cuts(Baselines.Cuts.SIX, 25)),
        new Replays.Named("20 x 50, window model", new Baselines.Cuts(Baselines.Cuts.TWENTY, 50)),
        new Replays.Named("original, 6 x 25 and its rule", new Baselines.Original(25)),
        new Replays.Named("uniform, 51 x 25, two segments", new Baselines.Stride(50, 25)),
        new Replays.Named("bisection, 25 a probe", new Baselines.Bisection(25)),
        new Replays.Named(
            "recursive bisection, threshold 0.2, n = 50", new Baselines.Recursive(.2, 50)),
        new Replays.Named(
            "64 at every token, falls", new Baselines.EveryToken(Baselines.EveryToken.Way.FALLS)),
        new Replays.Named(
            "64 at every token, rises", new Baselines.EveryToken(Baselines.EveryToken.Way.RISES)));
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UserError(
          "--json " + file + " cannot be written", "name a file in a folder that can", e);
    }
  }
}
