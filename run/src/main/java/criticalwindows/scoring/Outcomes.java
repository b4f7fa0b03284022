package criticalwindows.scoring;

import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.grade.Answer;
import criticalwindows.grade.Grader;
import criticalwindows.judge.RefusalJudge;
import criticalwindows.outcome.Following;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import criticalwindows.scoring.ModelJudge.Asked;
import criticalwindows.view.TerminalText;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The outcomes of a run by name, each a column of its own. Windows are found by the first one, and
/// its curves follow the response's own class, or one that is named.
///
/// What a program of the user's is asked ends with [#close].
///
/// @param all at least one, no name twice
/// @param follow the class that the curves of the first follow; absent where it is the response's
///   own
public record Outcomes(List<Outcomes.Named> all, Optional<String> follow) implements AutoCloseable {
  /// The answer, as the standard policies on equality read it.
  public static final String ANSWER = "answer";

  /// What a file says that a response came to: of imported runs.
  public static final String RECORDED = "recorded";

  /// Whether a reply refuses, as the rules of [RefusalJudge] read it.
  public static final String REFUSAL = "refusal";

  /// Whether a word is said once more, of runs of `cw run repeat`.
  public static final String REPEATS = "repeats";

  private static final String PROGRAM = "program";
  private static final String JUDGE = "judge";
  private static final String OPTION = "--outcome ";

  /// What stands for a response that was not judged yet.
  public static final Outcome NOT_JUDGED = new Answer.Unread("not judged yet");

  /// Every kind there is.
  private static final List<Kind> KINDS =
      List.of(
          new Kind(ANSWER, ANSWER, Outcomes::answer),
          new Kind(REFUSAL, REFUSAL, Outcomes::refusal),
          new Kind("pattern", "pattern:REGEX", PatternReader::parse),
          new Kind("contains", "contains:WORDS", ContainsReader::parse),
          new Kind("length", "length:N", LengthReader::parse),
          new Kind("count", "count:WORD", CountReader::parse),
          new Kind(PROGRAM, "program:COMMAND", ProgramScorer::parse),
          new Kind(JUDGE, "judge:TEMPLATE", spec -> judge(spec, Judges.NONE)),
          new Kind(REPEATS, REPEATS, RepeatsReader::parse),
          new Kind(RECORDED, RECORDED, RecordedReader::parse));

  public Outcomes {
    all = List.copyOf(all);
    if (all.isEmpty() || all.size() != all.stream().map(Named::name).distinct().count()) {
      throw new IllegalArgumentException("not one or more outcomes of different names");
    }
  }

  /// Curves follow the response's own class.
  public Outcomes(List<Named> all) {
    this(all, Optional.empty());
  }

  /// These, with curves that follow a class, such as `complied`, whatever a response came to;
  /// absent for its own.
  ///
  /// @throws UserError where the first outcome has no class of that name
  public Outcomes following(Optional<String> name) {
    Problem any = Problem.open("any", "any", "?");
    if (name.isPresent() && all.getFirst().scorer().named(any, name.get()).isEmpty()) {
      throw new UserError(
          "--follow "
              + TerminalText.line(name.get(), 40)
              + ": the outcome "
              + TerminalText.line(all.getFirst().name(), 40)
              + " has no such class",
          "name one of its classes as tables show them; docs/outcomes.md lists them");
    }
    return new Outcomes(all, name);
  }

  /// An outcome with its name.
  ///
  /// @param name as the user wrote it
  /// @param calibration how often it says what people say; absent where nobody has measured it
  public record Named(String name, Scorer scorer, Optional<Calibration> calibration) {
    /// One that was not calibrated.
    public Named(String name, Scorer scorer) {
      this(name, scorer, Optional.empty());
    }

    /// The class that counts as a success, where there is one.
    public Optional<String> positive() {
      return switch (scorer) {
        case RefusalJudge judge -> Optional.of(RefusalJudge.SUCCESS);
        case ModelJudge judge -> Optional.of(judge.positive());
        case ProgramScorer program -> program.positive();
        case TextScorer(ContainsReader reader, var name) -> Optional.of(ContainsReader.YES);
        default -> Optional.empty();
      };
    }

    /// Measures how often it says what people say.
    ///
    /// @param texts that people have labelled
    /// @param source of the labels, for people
    /// @throws UserError if people call all of them the same, or no class of it counts as a success
    public Calibration.Made calibrate(List<Calibration.Text> texts, String source) {
      return Calibration.of(
          new Calibration.Judge(
              name,
              positive()
                  .orElseThrow(
                      () ->
                          new UserError(
                              "the outcome " + name + " has no class that counts as a success",
                              "calibrate refusal, judge:…, contains:… or program@T:…")),
              scorer),
          texts,
          source);
    }

    /// Has responses judged together, where a model judges them.
    public void judge(Problem item, List<Said> said) {
      if (scorer instanceof ModelJudge judge) {
        judge.judged(
            said.stream()
                .map(Said::response)
                .filter(response -> !response.isBlank())
                .map(response -> new ModelJudge.Text(item.text(), response))
                .toList());
      }
    }

    /// Whether it says how far a response did what was asked: the rules for refusals, or a model.
    public boolean judges() {
      return scorer instanceof RefusalJudge || scorer instanceof ModelJudge;
    }
  }

  /// Where outcomes of the kind `judge:` get their verdicts.
  ///
  /// @param model that is asked
  /// @param folder of a run that keeps what a judge said
  public record Judges(Optional<JudgeModel> model, Optional<Path> folder) {
    /// Nowhere.
    public static final Judges NONE = new Judges(Optional.empty(), Optional.empty());

    /// From a model.
    public static Judges by(JudgeModel model) {
      return new Judges(Optional.of(model), Optional.empty());
    }

    /// From what a run's folder keeps, where no model is asked.
    public Judges orKept(Path run) {
      return new Judges(model, Optional.of(run));
    }
  }

  /// A judge that has a name.
  public record JudgeName(String name, String meaning) {}

  /// The judges that have a name.
  public static List<JudgeName> judgeNames() {
    List<JudgeName> names = new ArrayList<>();
    names.add(new JudgeName(REFUSAL, "written rules: refused, partial or complied; no model"));
    JudgeTemplate.OWN.forEach(
        (name, template) ->
            names.add(
                new JudgeName(
                    JUDGE + ":" + name,
                    "a model, by the probabilities of "
                        + template.labels().stream()
                            .map(label -> label.text().strip())
                            .collect(Collectors.joining(", ")))));
    return names;
  }

  /// The text of a judge's template.
  ///
  /// @param spec such as `judge:yes-no`
  /// @throws UserError if there is none
  public static String template(String spec) {
    Spec parsed = Spec.parse(spec);
    if (!parsed.kind().equals(JUDGE)) {
      throw parsed.wrong("no judge has that name", "see them with cw judges list");
    }
    return JudgeTemplate.of(parsed).text();
  }

  /// Whether a model judges all of these outcomes.
  public static boolean asksModel(List<String> specs) {
    return specs.stream().allMatch(text -> Spec.parse(text).kind().equals(JUDGE));
  }

  /// @param form how it is written
  /// @param reader makes its scorer
  private record Kind(String name, String form, Function<Spec, Scorer> reader) {}

  /// Outcomes as a user names them.
  ///
  /// @param specs such as `answer` or `contains:sorry|cannot`; the answer alone where there is none
  /// @throws UserError where one of them is wrong
  public static Outcomes parse(List<String> specs) {
    return parse(specs, Judges.NONE);
  }

  /// The same, with a model for those that it judges.
  ///
  /// @throws UserError where one of them is wrong, or by a model, and there is none
  public static Outcomes parse(List<String> specs, Judges judges) {
    List<Named> all = new ArrayList<>();
    for (String text : specs.isEmpty() ? List.of(ANSWER) : specs) {
      Spec spec = Spec.parse(text);
      if (all.stream().anyMatch(each -> each.name().equals(spec.text()))) {
        throw new UserError(OPTION + spec.shown() + " is there twice", "name each outcome once");
      }
      Kind kind = kind(spec);
      Scorer scorer = kind.name().equals(JUDGE) ? judge(spec, judges) : kind.reader().apply(spec);
      all.add(new Named(spec.text(), scorer));
    }
    return new Outcomes(all);
  }

  /// Outcomes as a run's folder names them, for texts to come. The folder may be a stranger's, so
  /// no program that it names is started.
  ///
  /// @throws UserError where one of them is by a program
  public static Outcomes recorded(List<String> specs) {
    return recorded(specs, Judges.NONE);
  }

  /// The same, with a model for those that it judges.
  public static Outcomes recorded(List<String> specs, Judges judges) {
    for (String text : specs) {
      Spec spec = Spec.parse(text);
      if (spec.kind().equals(PROGRAM)) {
        throw unstarted(spec);
      }
    }
    return parse(specs, judges);
  }

  /// The same for the texts that are there: what a program said of them is read in the folder.
  ///
  /// @throws UserError where one of them is by a program, and the folder keeps nothing that one
  ///   said
  public static Outcomes told(List<String> specs, Path folder) {
    List<Named> all = new ArrayList<>();
    for (String text : specs) {
      Spec spec = Spec.parse(text);
      all.add(
          spec.kind().equals(PROGRAM)
              ? new Named(spec.text(), told(spec, VerdictFile.in(folder)))
              : parse(List.of(text), Judges.NONE.orKept(folder)).searched());
    }
    return new Outcomes(all);
  }

  private static Scorer told(Spec spec, VerdictFile kept) {
    if (kept.isEmpty()) {
      throw unstarted(spec);
    }
    return ProgramScorer.told(spec, kept);
  }

  private static UserError unstarted(Spec spec) {
    return new UserError(
        "the run's outcome is by a program, which its folder alone does not start: " + spec.shown(),
        "look at the command; if you trust it, name the outcome yourself with --outcome");
  }

  private static Scorer judge(Spec spec, Judges judges) {
    BigDecimal threshold = ProgramScorer.USUAL;
    for (String mark : spec.marks()) {
      threshold = ProgramScorer.threshold(spec, mark);
    }
    if (judges.model().isPresent()) {
      Asked asked = new Asked(judges.model().get(), JudgeTemplate.of(spec));
      return new ModelJudge(spec.rest(), threshold, Optional.of(asked));
    }
    VerdictFile kept =
        judges
            .folder()
            .map(VerdictFile::in)
            .filter(file -> file.judged(spec.rest()))
            .orElseThrow(() -> noModel(spec));
    ModelJudge judge = new ModelJudge(spec.rest(), threshold, Optional.empty());
    judge.keep(kept);
    return judge;
  }

  private static UserError noModel(Spec spec) {
    return new UserError(
        "the outcome " + spec.shown() + " is judged by a model, and none is named",
        "name it with --judge-model, or judge the run first: cw judges score RUN");
  }

  /// These, corrected for errors that were measured.
  ///
  /// @throws UserError where one is of another outcome
  public Outcomes calibrated(List<Calibration> calibrations) {
    List<String> names = all.stream().map(Named::name).toList();
    for (Calibration each : calibrations) {
      if (!names.contains(each.outcome())) {
        throw new UserError(
            "the calibration is of the outcome "
                + each.outcome()
                + ", and the run is read by "
                + String.join(", ", names),
            "name that one with --outcome, or calibrate another with cw judges calibrate");
      }
    }
    return new Outcomes(
        all.stream()
            .map(
                named ->
                    new Named(
                        named.name(),
                        named.scorer(),
                        calibrations.stream()
                            .filter(each -> each.outcome().equals(named.name()))
                            .findFirst()))
            .toList(),
        follow);
  }

  /// From now on a run's folder keeps what programs and judges say, and what it keeps is not asked
  /// again.
  ///
  /// @param folder of a run that is open for writing
  public void keepIn(Path folder) {
    if (all.stream().anyMatch(each -> each.scorer() instanceof Kept)) {
      VerdictFile file = VerdictFile.in(folder);
      for (Named each : all) {
        if (each.scorer() instanceof Kept kept) {
          kept.keep(file);
        }
      }
    }
  }

  /// Adds to a run's folder what programs said of another run's texts.
  public static void mergeInto(Path folder, Path from) {
    VerdictFile merged = VerdictFile.in(folder);
    merged.addAll(VerdictFile.in(from));
    merged.flush();
  }

  /// The one that windows are found by.
  public Named searched() {
    Named first = all.getFirst();
    return follow
        .map(name -> new Named(first.name(), new Following(first.scorer(), name)))
        .orElse(first);
  }

  /// Whether a program says what the one comes to that windows are found by.
  public boolean byProgram() {
    return all.getFirst().scorer() instanceof ProgramScorer;
  }

  private static Kind kind(Spec spec) {
    return KINDS.stream()
        .filter(kind -> kind.name().equals(spec.kind()))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "no kind of outcome named " + (spec.kind().isEmpty() ? "“”" : spec.kind()),
                    "there is: "
                        + KINDS.stream().map(Kind::form).collect(Collectors.joining(", "))));
  }

  private static Scorer answer(Spec spec) {
    return spec.alone(Grader.STANDARD);
  }

  private static Scorer refusal(Spec spec) {
    return spec.alone(RefusalJudge.STANDARD);
  }

  /// Ends the programs that were started.
  ///
  /// @throws UserError where one has answered more often than it was asked, so that outcomes may be
  ///   wrong
  @Override
  public void close() {
    List<UserError> errors = new ArrayList<>();
    for (Named each : all) {
      if (each.scorer() instanceof Kept kept) {
        try {
          kept.close();
        } catch (UserError e) {
          errors.add(e);
        }
      }
    }
    if (!errors.isEmpty()) {
      throw errors.getFirst();
    }
  }
}
