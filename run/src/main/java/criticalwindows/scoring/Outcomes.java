package criticalwindows.scoring;

import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.grade.Grader;
import criticalwindows.judge.RefusalJudge;
import criticalwindows.outcome.Following;
import criticalwindows.outcome.Scorer;
import criticalwindows.view.TerminalText;
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

  private static final String PROGRAM = "program";
  private static final String OPTION = "--outcome ";

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
  public record Named(String name, Scorer scorer) {}

  /// @param form how it is written
  /// @param reader makes its scorer
  private record Kind(String name, String form, Function<Spec, Scorer> reader) {}

  /// Outcomes as a user names them.
  ///
  /// @param specs such as `answer` or `contains:sorry|cannot`; the answer alone where there is none
  /// @throws UserError where one of them is wrong
  public static Outcomes parse(List<String> specs) {
    List<Named> all = new ArrayList<>();
    for (String text : specs.isEmpty() ? List.of(ANSWER) : specs) {
      Spec spec = Spec.parse(text);
      if (all.stream().anyMatch(each -> each.name().equals(spec.text()))) {
        throw new UserError(OPTION + spec.shown() + " is there twice", "name each outcome once");
      }
      all.add(new Named(spec.text(), kind(spec).reader().apply(spec)));
    }
    return new Outcomes(all);
  }

  /// Outcomes as a run's folder names them, for texts to come. The folder may be a stranger's, so
  /// no program that it names is started.
  ///
  /// @throws UserError where one of them is by a program
  public static Outcomes recorded(List<String> specs) {
    for (String text : specs) {
      Spec spec = Spec.parse(text);
      if (spec.kind().equals(PROGRAM)) {
        throw unstarted(spec);
      }
    }
    return parse(specs);
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
              : parse(List.of(text)).searched());
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

  /// From now on a run's folder keeps what programs say, and what it keeps is not asked again.
  ///
  /// @param folder of a run that is open for writing
  public void keepIn(Path folder) {
    if (all.stream().anyMatch(each -> each.scorer() instanceof ProgramScorer)) {
      VerdictFile file = VerdictFile.in(folder);
      for (Named each : all) {
        if (each.scorer() instanceof ProgramScorer program) {
          program.keep(file);
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
      if (each.scorer() instanceof ProgramScorer program) {
        try {
          program.close();
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
