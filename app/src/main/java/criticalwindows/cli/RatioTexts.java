package criticalwindows.cli;

import criticalwindows.cot.CotFinding;
import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.localise.Verdict;
import criticalwindows.model.Model;
import criticalwindows.model.Tokens;
import criticalwindows.noise.Rollout;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import criticalwindows.ratio.MeasuredCurve;
import criticalwindows.ratio.RatioStudy;
import criticalwindows.reading.Texts;
import criticalwindows.reading.TraceFiles;
import criticalwindows.rollout.Sample;
import criticalwindows.run.Experiments;
import criticalwindows.run.RunScripts;
import criticalwindows.scoring.Outcomes;
import criticalwindows.show.CotReports;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Interval;
import criticalwindows.store.RunFolder;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Tracing;
import criticalwindows.window.WindowStudy;
import criticalwindows.world.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The texts whose likelihood ratios are asked for, from a file or from another run: each with its
/// response, what its turn was begun with being a part of that.
///
/// @param items with ids of their own
/// @param curves what is measured of them, by item
/// @param follow the class that these curves show; absent where there is none
/// @param notes what people should know
record RatioTexts(
    List<Problem> items,
    Map<String, MeasuredCurve> curves,
    Optional<String> follow,
    List<String> notes) {
  private static final String BENIGN_KIND = ", " + RatioStudy.BENIGN;

  /// The texts of a file or a run.
  static RatioTexts read(Path source, Model aligned) {
    Prompter prompter = new Prompter(aligned, PromptSet.standard());
    return Files.isDirectory(source)
        ? ofRun(source, aligned, prompter)
        : ofFile(source, aligned, prompter);
  }

  /// Whether any of these texts is benign. What is wrong with a file is said here, before any model
  /// is open.
  static boolean anyBenign(Path source) {
    if (Files.isDirectory(source)) {
      try (RunFolder run = RunFolder.open(source)) {
        return run.ledger().problems().stream().anyMatch(item -> isBenign(item.task()));
      }
    }
    return texts(source).traces().stream()
        .anyMatch(trace -> trace.family().map(RatioTexts::isBenign).orElse(false));
  }

  private static boolean isBenign(String family) {
    return family.equals(RatioStudy.BENIGN) || family.endsWith(BENIGN_KIND);
  }

  private static Texts texts(Path file) {
    Texts texts = TraceFiles.read(file);
    texts.traces().stream()
        .filter(trace -> trace.source() instanceof Sources.Sampled)
        .findFirst()
        .ifPresent(
            trace -> {
              throw new UserError(
                  file + ", " + trace.place() + ": there is no response",
                  "give every text its response, or have them written first: cw run attack or cw"
                      + " run trace, and give the run");
            });
    return texts;
  }

  private static RatioTexts ofFile(Path file, Model aligned, Prompter prompter) {
    Texts texts = texts(file);
    Tracing tracing = Tracing.of(aligned, texts.traces(), file.toString());
    List<Problem> items =
        tracing.items().stream()
            .map(item -> text(item, item.given().orElseThrow(), item.answer(), prompter))
            .toList();
    List<String> notes = Stream.concat(texts.notes().stream(), tracing.notes().stream()).toList();
    return new RatioTexts(items, Map.of(), Optional.empty(), notes);
  }

  /// A text with all that the model's turn holds as its response.
  private static Problem text(
      Problem item, GivenText given, Optional<String> outcome, Prompter prompter) {
    Tokens prompt = given.prompt();
    int turn = prompter.turn(prompt);
    Tokens response =
        prompt.slice(turn, prompt.size()).plus(given.response().orElse(Tokens.none()));
    return new Problem(
        item.id(),
        item.dataset(),
        isBenign(item.task()) ? RatioStudy.BENIGN : item.task(),
        item.question(),
        List.of(),
        outcome,
        Optional.of(new GivenText(prompt.prefix(turn), Optional.of(response), given.finish())));
  }

  private static RatioTexts ofRun(Path folder, Model aligned, Prompter prompter) {
    try (RunFolder run = RunFolder.open(folder);
        Outcomes outcomes = Experiments.told(run)) {
      Experiments.requireAnswers(run, "run ratio");
      Experiments.requireModel(run, "run ratio");
      CotReports reports = CotReports.of(run, outcomes);
      WindowStudy windows = reports.windows();
      Map<String, Sample> originals = run.ledger().originals(run.ledger().problems());
      List<Problem> items = new ArrayList<>();
      Map<String, MeasuredCurve> curves = new LinkedHashMap<>();
      int empty = 0;
      for (CotFinding finding : reports.findings()) {
        Sample original = originals.getOrDefault(finding.problem().id(), finding.original());
        if (original.tokens().isEmpty()) {
          empty++;
          continue;
        }
        requireSame(aligned, original, folder);
        Rollout whole = RunScripts.of(run, aligned).rollout(finding.problem(), original.tokens());
        Tokens prompt = whole.whole().prefix(whole.prompt());
        GivenText given = new GivenText(prompt, Optional.of(original.tokens()), original.finish());
        Problem item =
            text(finding.problem(), given, Optional.of(finding.outcome().show()), prompter);
        items.add(item);
        int begun = prompt.size() - item.given().orElseThrow().prompt().size();
        curves.put(item.id(), curve(finding, windows, begun));
      }
      return new RatioTexts(
          items, curves, outcomes.follow(), empty == 0 ? List.of() : List.of(leftOut(empty)));
    }
  }

  private static String leftOut(int empty) {
    return empty + (empty == 1 ? " response is" : " responses are") + " empty and left out";
  }

  /// Token ids mean something in one vocabulary alone: what was sampled must read the same here.
  private static void requireSame(Model aligned, Sample original, Path folder) {
    boolean known = original.tokens().stream().allMatch(id -> id < aligned.vocabulary().size());
    if (!known || !aligned.vocabulary().decode(original.tokens()).equals(original.text())) {
      throw new UserError(
          "the responses of " + folder + " are of another vocabulary than " + aligned.name() + "'s",
          "name the model of that run with --aligned, or one of its family");
    }
  }

  /// @param begun tokens of the turn that stood before the run's response
  private static MeasuredCurve curve(CotFinding finding, WindowStudy windows, int begun) {
    List<Curve.Point> points =
        finding.consistency().points().stream()
            .map(point -> new Curve.Point(point.position() + begun, point.proportion()))
            .toList();
    Optional<Interval> window =
        windows
            .of(finding)
            .filter(known -> windows.verdict(finding).equals(Optional.of(Verdict.CLAIMED)))
            .map(known -> known.window().place().interval())
            .map(place -> new Interval(place.low() + begun, place.high() + begun));
    return new MeasuredCurve(new Curve(points), window, Map.of());
  }

  /// The same with all of them benign, and ids that no other texts have.
  RatioTexts benign() {
    return new RatioTexts(
        items.stream().map(RatioTexts::benign).toList(), Map.of(), Optional.empty(), notes);
  }

  private static Problem benign(Problem item) {
    return new Problem(
        RatioStudy.BENIGN + ":" + item.id(),
        item.dataset(),
        RatioStudy.BENIGN,
        item.question(),
        item.choices(),
        item.answer(),
        item.given());
  }

  /// These and others.
  RatioTexts plus(RatioTexts more) {
    Map<String, MeasuredCurve> all = new LinkedHashMap<>(curves);
    all.putAll(more.curves);
    return new RatioTexts(
        Stream.concat(items.stream(), more.items.stream()).toList(),
        all,
        follow,
        Stream.concat(notes.stream(), more.notes.stream()).toList());
  }

  /// The same with exact probabilities where the texts are replies to requests of the world.
  ///
  /// @param policy that the aligned model was taught
  RatioTexts withExact(Model aligned, Policy policy) {
    Map<String, MeasuredCurve> all = new LinkedHashMap<>();
    for (Problem item : items) {
      MeasuredCurve known = curves.getOrDefault(item.id(), MeasuredCurve.NONE);
      all.put(
          item.id(),
          new MeasuredCurve(
              known.curve(),
              known.window(),
              new TreeMap<>(ExactReplies.of(item, aligned.vocabulary(), policy))));
    }
    return new RatioTexts(items, all, follow, notes);
  }
}
