package criticalwindows.cli;

import criticalwindows.activation.ActivationSet;
import criticalwindows.activation.HookPoint;
import criticalwindows.console.Console;
import criticalwindows.error.UserError;
import criticalwindows.model.Tokens;
import criticalwindows.probe.Folds;
import criticalwindows.probe.ProbeFitter;
import criticalwindows.probe.ProbeInput;
import criticalwindows.probe.ProbeKinds;
import criticalwindows.probe.ProbeRow;
import criticalwindows.probe.ProbeSearch;
import criticalwindows.probe.ProbeTrial;
import criticalwindows.probe.Transfer;
import criticalwindows.probing.JoinedActivations;
import criticalwindows.probing.ProbeCard;
import criticalwindows.probing.ProbeFile;
import criticalwindows.scoring.Outcomes;
import criticalwindows.store.RunFolder;
import criticalwindows.vectors.StoredActivations;
import criticalwindows.view.Numbers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw probes fit`: fits a probe and judges it.
@Command(
    name = "fit",
    description = {
      "Fits a probe to activations, with the layer, the site and the penalty that are best on items"
          + " that were held out, and judges it on held-out items beside what is cheaper and beside"
          + " itself with shuffled targets."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  cw probes fit acts --target outcome --out probes/study",
      "  cw probes fit acts --target exact --kind attention --out probes/exact",
      "  cw probes fit acts --target outcome:complied --folds group --transfer --out"
          + " probes/complied",
      "  cw probes fit acts --target labels:labels.csv --kind softmax --out probes/labels"
    })
final class ProbesFit implements Callable<Integer> {
  private final Console console;
  private final Optional<ProbeFitter> fitter;

  @Parameters(
      paramLabel = "ACTIVATIONS",
      arity = "1..*",
      description = "Folders that cw activations wrote, of one model.")
  List<Path> folders = List.of();

  @Option(
      names = "--target",
      paramLabel = "TARGET",
      required = true,
      description = {
        "outcome, how many of the continuations from a place came to the class that the run"
            + " follows; outcome:CLASS, to this class; exact or exact:CLASS, the exact probability,"
            + " on the built-in world; labels:FILE, a CSV or JSON-lines file with id, label and,"
            + " where a label is of one place, kept."
      })
  String target = "";

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "The run's folder (default: the one that each of the activations came from).")
  Optional<Path> run = Optional.empty();

  @Mixin OutcomeOption outcome = new OutcomeOption();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "logistic",
      description = "logistic, softmax, attention or max (default: ${DEFAULT-VALUE}).")
  String kind = "logistic";

  @Option(
      names = "--folds",
      paramLabel = "BY",
      defaultValue = "item",
      description = {
        "What is held out as a whole: item, or group, a benchmark or a family of attacks (default:"
            + " ${DEFAULT-VALUE})."
      })
  String by = "item";

  @Option(
      names = "--parts",
      paramLabel = "N",
      defaultValue = "5",
      description = "Folds, at most (default: ${DEFAULT-VALUE}).")
  int parts = 5;

  @Option(
      names = "--penalties",
      paramLabel = "L,L…",
      split = ",",
      description = {
        "Penalties that are tried, on half the sum of the squares of weights in standardised units"
            + " (default: 10 to 0.001, two for each power of ten)."
      })
  List<Double> penalties = List.of();

  @Option(
      names = "--transfer",
      description = "Fit to each group too, and judge it on each other group.")
  boolean transfer;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the folds and the shuffle (default: ${DEFAULT-VALUE}).")
  long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "A new folder for the probe.")
  Path out = Path.of("");

  ProbesFit(Console console, Optional<ProbeFitter> fitter) {
    this.console = console;
    this.fitter = fitter;
  }

  @Override
  public Integer call() {
    ProbeFitter with = ProbeFitter.required(fitter, "probes fit");
    ProbeTarget what = ProbeTarget.parse(target);
    ProbeTrial.Plan plan = plan();
    if (Files.exists(out)) {
      throw new UserError("there is " + out + " already", "name a new folder with --out");
    }
    List<StoredActivations> stored = folders.stream().map(StoredActivations::open).toList();
    ActivationSet set = JoinedActivations.of(stored);
    ProbeTexts known = known(what, stored);
    ProbeInput input = known.input(set, responses(stored));
    say(input);
    ProbeTrial trial = new ProbeTrial(with, plan);
    ProbeTrial.Outcome found = trial.run(input);
    List<Transfer> transfers =
        transfer ? trial.transfer(input, found.probe().hooks().getFirst()) : List.of();
    ProbeFile file =
        new ProbeFile(found.probe(), card(input, plan, new Result(found, known, transfers)));
    file.write(out);
    ProbeTables.lines(file).forEach(console.out()::println);
    console.out().println("probe  " + out);
    return 0;
  }

  private ProbeTrial.Plan plan() {
    if (parts < 2 || parts > 1000) {
      throw new UserError("--parts " + parts, "name between 2 and 1000 of them");
    }
    Folds.By held =
        Arrays.stream(Folds.By.values())
            .filter(each -> each.word().equals(by))
            .findFirst()
            .orElseThrow(() -> UserError.unknown("way to fold", by, List.of("item", "group")));
    List<Double> tried =
        penalties.isEmpty()
            ? ProbeSearch.Settings.PENALTIES
            : penalties.stream().distinct().sorted((a, b) -> Double.compare(b, a)).toList();
    if (!tried.stream().allMatch(each -> each > 0 && each < Double.POSITIVE_INFINITY)) {
      throw new UserError("--penalties " + penalties, "give numbers above 0");
    }
    return new ProbeTrial.Plan(ProbeKinds.named(kind), held, parts, tried, seed);
  }

  private ProbeTexts known(ProbeTarget what, List<StoredActivations> stored) {
    return switch (what) {
      case ProbeTarget.Labels labels -> ProbeTarget.labelled(labels.file());
      case ProbeTarget.Counted counted -> ofRuns(stored, counted.follow(), ProbedRun::counted);
      case ProbeTarget.Known exact -> ofRuns(stored, exact.follow(), ProbedRun::exact);
    };
  }

  private interface Reading {
    ProbeTexts of(ProbedRun run);
  }

  private ProbeTexts ofRuns(
      List<StoredActivations> stored, Optional<String> follow, Reading reading) {
    outcome.follow = follow.or(() -> outcome.follow);
    List<Path> runs =
        run.map(List::of)
            .orElseGet(() -> stored.stream().map(each -> source(each)).distinct().toList());
    return runs.stream()
        .map(folder -> ofRun(folder, reading))
        .reduce(ProbeTexts::plus)
        .orElseThrow();
  }

  private ProbeTexts ofRun(Path folder, Reading reading) {
    try (RunFolder opened = RunFolder.open(folder);
        Outcomes outcomes = outcome.of(opened)) {
      return reading.of(new ProbedRun(opened, outcomes));
    }
  }

  private static Path source(StoredActivations stored) {
    Path folder = Path.of(stored.plan().subject().source());
    if (!Files.isRegularFile(folder.resolve("run.json"))) {
      throw new UserError(
          "the activations came from " + folder + ", which is no run here",
          "name the run with --run, or give labels with --target labels:FILE");
    }
    return folder;
  }

  private static Map<String, Tokens> responses(List<StoredActivations> stored) {
    Map<String, Tokens> responses = new HashMap<>();
    stored.forEach(
        each -> each.plan().texts().forEach(text -> responses.put(text.id(), text.response())));
    return responses;
  }

  private void say(ProbeInput input) {
    console
        .err()
        .println(
            Numbers.count(input.rows().size())
                + " places of "
                + Numbers.count(items(input))
                + " items, "
                + Numbers.count(input.set().hooks().size())
                + " hook points");
  }

  private static int items(ProbeInput input) {
    return (int) input.rows().stream().map(ProbeRow::item).distinct().count();
  }

  /// What came of a fit.
  private record Result(ProbeTrial.Outcome found, ProbeTexts known, List<Transfer> transfers) {}

  private ProbeCard card(ProbeInput input, ProbeTrial.Plan plan, Result result) {
    List<HookPoint> hooks = input.set().hooks();
    List<ProbeCard.Tried> tried = new ArrayList<>();
    result
        .found
        .tried()
        .forEach(each -> tried.add(ProbeCard.Tried.of(hooks.get(each.evidence()).word(), each)));
    Map<String, String> made = new LinkedHashMap<>();
    made.put("cw", Version.number());
    made.put("commit", Version.commit());
    return new ProbeCard(
        target,
        String.join(", ", folders.stream().map(Path::toString).toList()),
        input.set().model(),
        new ProbeCard.Fit(
            result.found.best().penalty(),
            plan.by().word(),
            plan.folds(),
            plan.seed(),
            items(input),
            input.rows().size()),
        tried,
        result.found.table(result.known.windows()),
        result.transfers,
        made);
  }
}
