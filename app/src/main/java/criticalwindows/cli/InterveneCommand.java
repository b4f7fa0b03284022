package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.console.ProgressLine;
import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.hash.Sha256;
import criticalwindows.intervene.InterventionPlace;
import criticalwindows.intervene.InterventionProtocol;
import criticalwindows.intervene.Interventions;
import criticalwindows.localise.Verdict;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.report.InterventionTable;
import criticalwindows.rollout.Meter;
import criticalwindows.rollout.Remaining;
import criticalwindows.rollout.Runner;
import criticalwindows.run.Experiments;
import criticalwindows.run.Interrupts;
import criticalwindows.run.KnownWindows;
import criticalwindows.run.ShareLedger;
import criticalwindows.scoring.Outcomes;
import criticalwindows.show.CotReports;
import criticalwindows.show.Headings;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import criticalwindows.window.WindowStudy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cw intervene`: what a run's windows are good for.
@Command(
    name = "intervene",
    description = {
      "Intervenes at the windows of a run: samples on from just before each, once and with a vote,"
          + " with a hint and without, beside the majority of whole fresh responses at the same"
          + " number of tokens. Scores new samples alone. They lie in the run's folder, apart from"
          + " its own; asked again, it goes on where it stopped, and then prints only.",
      "With --check: does a window's likeliest token decide? Continuations from after that token,"
          + " beside continuations where it was drawn anew until it differed: how often each come"
          + " to the original's outcome, and the difference with its interval."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "What is compared, and why so: docs/concepts/interventions.md",
      "",
      "Examples:",
      "  cw intervene runs/demo",
      "  cw intervene runs/study --samples 16 --budget 2h",
      "  cw intervene runs/study --hint \" Hmm, is that so?\"",
      "  cw intervene runs/study --check"
    })
final class InterveneCommand implements Callable<Integer> {
  private static final String LEDGER = "intervene-";
  private static final int VOTES = 8;

  private final Console console;

  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  Path folder = Path.of("");

  @Option(
      names = "--samples",
      paramLabel = "N",
      description =
          "Continuations in a vote (default: 8); with --check of each kind (default: 25).")
  Optional<Integer> samples = Optional.empty();

  @Option(
      names = "--check",
      description = "Check each window's likeliest token, and do nothing else.")
  boolean check;

  @Option(
      names = "--hint",
      paramLabel = "TEXT",
      defaultValue = Interventions.HINT,
      description = {
        "What is put behind the words before the window. Each hint has samples of its own (default:"
            + " \"${DEFAULT-VALUE}\")."
      })
  String hint = Interventions.HINT;

  @Mixin OutcomeOption outcome = new OutcomeOption();

  @Mixin BudgetOption budget = new BudgetOption();

  @Mixin RunModel model = new RunModel();

  InterveneCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    requireSense();
    if (check) {
      return new CheckWork(console, model, budget)
          .go(folder, outcome, samples.orElse(EditCommand.SAMPLES));
    }
    try (RunFolder run = RunFolder.resume(folder);
        Outcomes outcomes = outcome.asking(run)) {
      Experiments.requireReplies(run, "intervene");
      CotReports reports = CotReports.of(run, outcomes);
      List<CotFinding> findings = reports.findings();
      console.warn(reports.faults().lines());
      if (findings.isEmpty()) {
        throw new UserError(
            "no problem of " + folder + " has a response yet", "go on with: cw resume " + folder);
      }
      List<InterventionPlace> places = places(run, findings);
      try (ShareLedger ledger = ledger(run, places)) {
        Interventions wanted =
            new Interventions(
                places, samples.orElse(VOTES), hint, ledger, outcomes.searched().scorer());
        Optional<Remaining> remaining = sample(run, wanted);
        String title = Headings.of(run).title();
        console.out().print(InterventionTable.of(title, findings.size(), wanted));
        remaining.ifPresent(
            more ->
                BudgetOption.say(
                    console, RunModel.again("cw intervene", run), budget.read(), more));
        return Session.exit(console, ledger.failure(), RunModel.again("cw intervene", run));
      }
    }
  }

  private void requireSense() {
    budget.read();
    EditCommand.requireSamples("--samples", samples);
    if (check && !hint.equals(Interventions.HINT)) {
      throw new UserError("--check and --hint", "leave one of them out: a check gives no hint");
    }
    if (hint.isBlank()) {
      throw new UserError("--hint says nothing", "give a few words, or leave it out");
    }
  }

  /// One for each hint, apart from the run's own.
  private ShareLedger ledger(RunFolder run, List<InterventionPlace> places) {
    String name = name(run);
    List<Problem> problems = places.stream().map(InterventionPlace::problem).toList();
    return ShareLedger.beside(run, name, problems);
  }

  /// The name that a session of this run gave the hint's ledger, where it is this hint's alone;
  /// else one after a hash of the hint.
  private String name(RunFolder run) {
    Map<String, Set<String>> hints = new TreeMap<>();
    for (Manifest.Session session : run.manifest().sessions()) {
      session
          .provenance()
          .forEach((name, said) -> hints.computeIfAbsent(name, none -> new TreeSet<>()).add(said));
    }
    return hints.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(LEDGER))
        .filter(entry -> entry.getValue().equals(Set.of(hint)))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(LEDGER + hash(hint));
  }

  private static String hash(String text) {
    return Sha256.name(Sha256.of(text.getBytes(StandardCharsets.UTF_16BE)));
  }

  /// Says beside the versions which hint the ledger belongs to.
  private Manifest.Session session(RunFolder run, Model opened, Sampling sampling) {
    Map<String, String> provenance = new TreeMap<>(NewRuns.provenance(opened, sampling));
    provenance.put(name(run), hint);
    return new Manifest.Session(console.clock().instant(), provenance);
  }

  private List<InterventionPlace> places(RunFolder run, List<CotFinding> findings) {
    WindowStudy study = KnownWindows.of(run.folder(), findings);
    console.warn(study.faults());
    return findings.stream().flatMap(finding -> place(run, finding, study).stream()).toList();
  }

  private static Optional<InterventionPlace> place(
      RunFolder run, CotFinding finding, WindowStudy study) {
    String problem = finding.problem().id();
    return study
        .of(finding)
        .filter(window -> study.verdict(finding).equals(Optional.of(Verdict.CLAIMED)))
        .map(window -> InterventionPlace.of(finding, window, run.ledger().samples(problem)));
  }

  /// Opens the model only where something is missing.
  private Optional<Remaining> sample(RunFolder run, Interventions wanted)
      throws InterruptedException {
    if (wanted.findings().size() == wanted.places().size()) {
      return Optional.empty();
    }
    Manifest manifest = run.manifest();
    try (Model opened = model.open(console, manifest)) {
      CotSettings settings = run.settings(CotSettings::of);
      run.note(session(run, opened, settings.sampling()));
      Traffics.warn(console, opened, settings.sampling());
      CotScripts scripts =
          new CotScripts(opened, manifest.prompts(), Interventions.settings(settings));
      ProgressLine progress = new ProgressLine(console, Traffics.of(opened, model.server.price));
      String advice =
          "stopped; what has ended is kept\ngo on with: " + RunModel.again("cw intervene", run);
      Interrupts guard = Interrupts.guard(console.stopped(advice));
      try (guard) {
        Meter meter = new Meter(budget.read(), console.clock());
        return Runner.run(
            new InterventionProtocol(wanted, scripts), wanted.ledger(), meter, progress);
      }
    }
  }
}
