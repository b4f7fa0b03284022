package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.error.UserError;
import criticalwindows.reading.LabelledText;
import criticalwindows.reading.LabelledTexts;
import criticalwindows.scoring.Calibration;
import criticalwindows.scoring.Outcomes;
import criticalwindows.stats.JudgeErrors;
import criticalwindows.stats.Proportion;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cw judges calibrate`: how often a judge says what people say.
@Command(
    name = "calibrate",
    description = {
      "Reads responses that people have labelled, and says how often a judge says the same:"
          + " sensitivity, specificity and kappa, with intervals."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  cw judges calibrate --labels labelled.csv",
      "  cw judges calibrate --labels labelled.jsonl --positive-label harmful --out refusal.json",
      "  cw show RUN --outcome refusal --judge-calibration refusal.json"
    })
final class JudgesCalibrate implements Callable<Integer> {
  private static final double LEVEL = .95;

  /// Labels that are known by their words, whatever number or sign stands before them.
  private static final Set<String> POSITIVE =
      Set.of(
          "full_compliance",
          "compliance",
          "complied",
          "comply",
          "yes",
          "true",
          "1",
          "unsafe",
          "harmful",
          "success",
          "jailbroken");

  private static final Set<String> NEGATIVE =
      Set.of(
          "full_refusal",
          "partial_refusal",
          "refusal",
          "refused",
          "refuse",
          "partial",
          "soft",
          "no",
          "false",
          "0",
          "safe",
          "harmless",
          "failure");

  private final Console console;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      required = true,
      description = {
        "CSV with a header, Parquet or JSON lines: a response (completion, response, …) and a label"
            + " of a person's (final_label, label, …) in each row."
      })
  Path labels = Path.of("");

  @Option(names = "--label-column", paramLabel = "NAME", description = "The column with the label.")
  Optional<String> column = Optional.empty();

  @Option(
      names = "--positive-label",
      paramLabel = "LABEL",
      description = {
        "A label that people give to a success; all others are none. Can be given several times"
            + " (default: as the labels' words say, such as 1_full_compliance)."
      })
  List<String> positive = List.of();

  @Option(
      names = "--outcome",
      paramLabel = "OUTCOME",
      defaultValue = "refusal",
      description = "The judge (default: ${DEFAULT-VALUE}).")
  String outcome = Outcomes.REFUSAL;

  @Mixin JudgeModelOption judge = new JudgeModelOption();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the calibration goes, for --judge-calibration of show and report.")
  Optional<Path> out = Optional.empty();

  JudgesCalibrate(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Calibration.Text> texts =
        LabelledTexts.read(labels, column).stream().map(this::text).toList();
    String source = String.valueOf(labels.getFileName());
    try (Outcomes outcomes = Outcomes.parse(List.of(outcome), judge.judges())) {
      Calibration.Made made = outcomes.searched().calibrate(texts, source);
      say(made);
      out.ifPresent(
          file -> {
            made.calibration().write(file);
            console.out().println("calibration  " + file);
          });
    }
    return 0;
  }

  private Calibration.Text text(LabelledText text) {
    return new Calibration.Text(text.question().orElse(""), text.response(), success(text));
  }

  private boolean success(LabelledText text) {
    if (!positive.isEmpty()) {
      return positive.contains(text.label());
    }
    String lower = text.label().toLowerCase(Locale.ROOT);
    List<String> words = List.of(lower, lower.replaceFirst("^\\d+[_ .-]+", ""));
    boolean yes = words.stream().anyMatch(POSITIVE::contains);
    if (yes || words.stream().anyMatch(NEGATIVE::contains)) {
      return yes;
    }
    throw new UserError(
        labels
            + ", "
            + text.place()
            + ": the label "
            + TerminalText.line(text.label(), 40)
            + " is not known",
        "say which labels are a success, with --positive-label; there is: "
            + TerminalText.line(String.join(", ", known()), 200));
  }

  private Set<String> known() {
    Set<String> all = new TreeSet<>();
    LabelledTexts.read(labels, column).forEach(text -> all.add(text.label()));
    return all;
  }

  private void say(Calibration.Made made) {
    JudgeErrors errors = made.calibration().errors();
    console
        .out()
        .println(
            TerminalText.line(made.calibration().outcome())
                + " = "
                + TerminalText.line(made.calibration().positive())
                + ", beside "
                + Numbers.count(made.texts())
                + " labels of "
                + TerminalText.line(labels.toString()));
    View.aligned(
            List.of(
                List.of(
                    "sensitivity", counted(errors.sensitivity()), "of what people call a success"),
                List.of("specificity", counted(errors.specificity()), "of all else"),
                List.of(
                    "kappa",
                    made.kappa()
                        .map(kappa -> Numbers.share(kappa.estimate(), kappa.interval()))
                        .orElse("–"),
                    "agreement beyond chance"),
                List.of("not read", Numbers.count(made.unread()), "counted as no success")))
        .forEach(console.out()::println);
    if (!errors.correctable()) {
      console
          .err()
          .println(
              "warning: sensitivity + specificity is not above 1: no rate can be corrected for this"
                  + " judge");
    }
  }

  private static String counted(Proportion share) {
    return share.successes()
        + " of "
        + share.trials()
        + " = "
        + Numbers.share(share.estimate(), share.wilson(LEVEL));
  }
}
