package criticalwindows.bench;

import criticalwindows.console.Console;
import criticalwindows.console.Equality;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.grade.Answer;
import criticalwindows.grade.Grader;
import criticalwindows.math.CanonicalForm;
import criticalwindows.math.MathForms;
import criticalwindows.view.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `cw bench grading`: how answers are read and compared, against what others expect.
@Command(
    name = "grading",
    description = {
      "Reads and compares the cases of public graders' test suites and the answers of MATH-500, and"
          + " prints how often it agrees with them, beside reading the first match.",
      "Then names choices of public questions in many phrasings, and prints how often each is read."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  cw bench grading --data ../shared/data --report grading.txt"})
final class GradingCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "../shared/data",
      description =
          "Holds grading/, math/, and the folders of benchmarks (default: ${DEFAULT-VALUE}).")
  Path data = Path.of("../shared/data");

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write every disagreement there, with its reason.")
  Optional<Path> report = Optional.empty();

  @Option(names = "--equality", paramLabel = "POLICIES", description = "As for regrade.")
  String equality = "";

  GradingCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Grader grader = Equality.grader(equality);
    Path cases = data.resolve("grading");
    List<GradingCases.Judged> pairs =
        GradingCases.judge(cases.resolve("grader_cases.jsonl"), grader);
    List<GradingCases.Judged> responses =
        GradingCases.judge(cases.resolve("grader_cases_responses.jsonl"), grader);
    say("equality", grader.policies().toString(), "");
    agreement("final answers", pairs, ">= 0.98");
    agreement("responses", responses, ">= 0.97");
    say("  by first match", share(plain(responses), GradingCases.Judged::first), "");
    unread(responses);
    MathGolds golds = MathGolds.read(data.resolve("math").resolve("math500.jsonl"), grader);
    say(
        "MATH-500 solutions",
        golds.read() + " of " + golds.problems() + " read as their answer",
        "all");
    say(
        "MATH-500 pairs",
        golds.equalPairs()
            + " of other problems equal, in "
            + golds.merged().size()
            + " classes of more than one spelling",
        "");
    PhrasingBench phrasings = PhrasingBench.of(PhrasingBench.problems(data), grader);
    say(phrasings);
    report.ifPresent(file -> write(file, text(pairs, responses, golds) + phrasings.text()));
    return 0;
  }

  private void say(PhrasingBench phrasings) {
    int replies = phrasings.replies();
    say(
        "choices in replies",
        phrasings.rows().size() + " phrasings of " + phrasings.problems() + " questions",
        "");
    say("  read as meant", part(phrasings.meant(), replies), ">= 0.995");
    say("  read as another", part(phrasings.other(), replies), "<= 0.0005");
  }

  private static String part(long count, int all) {
    double share = all == 0 ? 0 : (double) count / all;
    return Numbers.count(count) + " of " + Numbers.count(all) + " (" + Numbers.of(share, 4) + ")";
  }

  private void say(String what, String value, String bar) {
    console
        .out()
        .println(String.format(Locale.ROOT, "%-22s %-66s %s", what, value, bar).stripTrailing());
  }

  private void agreement(String what, List<GradingCases.Judged> all, String bar) {
    say(what, share(plain(all), GradingCases.Judged::agrees), bar);
    say("  with disputed ones", share(all, GradingCases.Judged::agrees), "");
  }

  private static List<GradingCases.Judged> plain(List<GradingCases.Judged> all) {
    return all.stream().filter(judged -> !judged.tagged()).toList();
  }

  private void unread(List<GradingCases.Judged> responses) {
    List<GradingCases.Judged> holding =
        responses.stream().filter(GradingCases.Judged::equal).toList();
    say("  unread", share(holding, GradingCases.Judged::unread), "<= 0.01");
  }

  private static String share(
      List<GradingCases.Judged> all, Predicate<GradingCases.Judged> counted) {
    long count = all.stream().filter(counted).count();
    return Numbers.count(count)
        + " of "
        + Numbers.count(all.size())
        + " ("
        + Numbers.fine((double) count / all.size())
        + ")";
  }

  static String text(
      List<GradingCases.Judged> pairs, List<GradingCases.Judged> responses, MathGolds golds) {
    StringBuilder text = new StringBuilder("Where we differ from the suites\n\n");
    for (List<GradingCases.Judged> cases : List.of(pairs, responses)) {
      cases.stream()
          .filter(judged -> !judged.agrees())
          .sorted((a, b) -> Boolean.compare(a.tagged(), b.tagged()))
          .forEach(judged -> text.append(judged.show()));
    }
    text.append("\nWhat is not read\n\n");
    responses.stream()
        .filter(GradingCases.Judged::unread)
        .forEach(judged -> text.append(judged.show()));
    text.append("\nAnswers of MATH-500 that are one in several spellings\n\n");
    golds.merged().forEach(spellings -> text.append(String.join("   ", spellings)).append('\n'));
    return text.toString();
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UserError(
          "--report " + file + " cannot be written", "name a file in a folder that is there", e);
    }
  }

  /// The right answers of MATH-500.
  ///
  /// @param read solutions whose own answer is read from them
  /// @param equalPairs pairs of different problems with one answer
  /// @param merged classes that are written in more than one way
  record MathGolds(int problems, int read, int equalPairs, List<TreeSet<String>> merged) {
    static MathGolds read(Path file, Grader grader) {
      Map<CanonicalForm, List<String>> classes = new LinkedHashMap<>();
      int read = 0;
      List<JsonNode> rows = GradingCases.rows(file);
      for (JsonNode row : rows) {
        String written = row.path("answer").asString();
        Problem problem =
            Problem.of("math", "math", row.path("problem").asString(), List.of(), written);
        Answer gold = grader.gold(problem);
        String solution = row.path("solution").asString();
        read += gold.same(grader.read(problem, solution).answer()) ? 1 : 0;
        CanonicalForm form = MathForms.of(written, grader.policies());
        classes.computeIfAbsent(form, key -> new ArrayList<>()).add(written);
      }
      int pairs =
          classes.values().stream().mapToInt(each -> each.size() * (each.size() - 1) / 2).sum();
      List<TreeSet<String>> merged =
          classes.values().stream().map(TreeSet::new).filter(each -> each.size() > 1).toList();
      return new MathGolds(rows.size(), read, pairs, merged);
    }
  }
}
