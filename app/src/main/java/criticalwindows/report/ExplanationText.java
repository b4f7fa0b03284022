package criticalwindows.report;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.explain.Explanation;
import criticalwindows.explain.Parting;
import criticalwindows.explain.TokenKind;
import criticalwindows.explain.WindowText;
import criticalwindows.localise.ClassChange;
import criticalwindows.localise.Verdict;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import criticalwindows.window.DecidingDraw;
import criticalwindows.window.WindowFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What one problem's window says, as text.
public final class ExplanationText {
  private static final int WIDTH = 96;
  private static final int MOST_TOKENS = 40;
  private static final int MOST_PARTINGS = 3;
  private static final int CONTEXT = 8;

  private static final List<Column<ClassChange>> ANSWERS =
      List.of(
          new Column<>("answer", "or class of answers", c -> TerminalText.line(c.name(), 24)),
          new Column<>("before", "its share before", c -> Numbers.share(c.before())),
          new Column<>("after", "and after", change -> Numbers.share(change.after())),
          new Column<>(
              "gain (90 %)",
              "the difference",
              change ->
                  Numbers.signed(change.gain().mean())
                      + " "
                      + Numbers.interval(change.gain().interval())),
          new Column<>(
              "it gains", "the probability of that", change -> Numbers.chance(change.gains())));

  private final Explanation known;
  private final List<String> lines = new ArrayList<>();

  private ExplanationText(Explanation known) {
    this.known = known;
  }

  /// The explanation of a problem that has a window, and for one that has none, that it has none.
  ///
  /// @param finding with its original and continuations as they were sampled
  public static String of(CotFinding finding) {
    return beginning(finding)
        + Explanation.of(finding)
            .map(explanation -> new ExplanationText(explanation).text())
            .orElseGet(() -> nothing(finding));
  }

  private static String beginning(CotFinding finding) {
    return "problem "
        + finding.problem().id()
        + ": "
        + TerminalText.line(finding.problem().question(), 70)
        + "\nThe response has "
        + Numbers.count(finding.length())
        + " tokens and comes to "
        + TerminalText.line(finding.outcome().show(), 40)
        + finding
            .right(finding.outcome())
            .map(right -> right ? ", which is right" : ", which is wrong")
            .orElse("")
        + ".\n\n";
  }

  private static String nothing(CotFinding finding) {
    return WindowFinding.of(finding)
        .map(
            found ->
                !found.verdict().shown()
                    ? (found.verdict() == Verdict.BEFORE ? "Decided before the response. " : "")
                        + "There is no window to explain: the chance that there is none is "
                        + Numbers.chance(found.noWindow())
                        + ", for "
                        + Numbers.count(found.rollouts())
                        + " rollouts.\n"
                    : "The ledger does not tell which text each token brings.\n")
        .orElse("There is no window to explain: no answer to compare with, or nothing sampled.\n");
  }

  private String text() {
    verdict();
    answers();
    tokens();
    partings();
    signals();
    return String.join("\n", lines) + "\n";
  }

  private void verdict() {
    WindowFinding window = known.window();
    lines.add(
        (window.stating(known.finding()) ? "Decided while stating the answer, at " : "Decided at ")
            + WindowModelTable.sentence(window)
            + ".");
    lines.add(
        "Chance that there is no window "
            + Numbers.chance(window.noWindow())
            + ", for "
            + Numbers.count(window.rollouts())
            + " rollouts."
            + (window.claimed() ? "" : " That is unsure: sample more before you believe it."));
    if (known.contradicted()) {
      lines.add(
          "warning: its own continuations contradict this place: those that came to another answer"
              + " wrote the response's words up to its end, and none left them within it");
    }
  }

  private void answers() {
    heading("Answers that leave and arrive there");
    if (known.window().classes().isEmpty()) {
      lines.add("  not known: the distribution of answers has no change of its own at this place");
      return;
    }
    lines.addAll(new View<>(ANSWERS, known.window().classes()).lines());
  }

  private void tokens() {
    WindowText text = known.text();
    heading("What it says there");
    lines.add(
        "  …"
            + words(Math.max(0, text.from() - CONTEXT), text.from())
            + "  【"
            + words(text.from(), Math.min(text.to(), text.from() + MOST_TOKENS))
            + "】  "
            + words(text.to(), Math.min(text.length(), text.to() + CONTEXT))
            + "…");
    lines.add(
        "  "
            + DecidingDraw.of(known.window(), known.finding().original())
                .map(draw -> "likeliest " + DrawText.sentence(draw))
                .orElse(
                    "how open the choice was is not known: the ledger has no predictions here"));
    lines.add("");
    List<Integer> shown =
        IntStream.range(text.from(), Math.min(text.to(), text.from() + MOST_TOKENS))
            .boxed()
            .toList();
    lines.addAll(new View<>(columns(), shown).lines());
    if (text.width() > MOST_TOKENS) {
      lines.add("  and " + Numbers.count(text.width() - MOST_TOKENS) + " more");
    }
  }

  private List<Column<Integer>> columns() {
    WindowText text = known.text();
    return List.of(
        new Column<>("token", "its number", token -> Numbers.count(token + 1L)),
        new Column<>("text", "what it writes", this::piece),
        new Column<>(
            "log-prob",
            "natural logarithm of its probability",
            token -> text.logProbs().isEmpty() ? "–" : Numbers.fine(text.logProbs().get(token))),
        new Column<>(
            "most often",
            "what the model would most often have written there, and its probability",
            token -> draw(token).map(DrawText::mostOften).orElse("–")),
        new Column<>(
            "entropy",
            "in nats, of what could have been written there",
            token -> text.entropies().isEmpty() ? "–" : Numbers.fine(text.entropies().get(token))),
        new Column<>(
            "choice",
            "always, where its probability is 0.9 or more; unlikely, where it is 0.1 at most and"
                + " another's more than 0.5; else undecided",
            token -> draw(token).map(draw -> draw.kind().word()).orElse("–")),
        new Column<>("kind", "what it does in the text", this::kinds));
  }

  private Optional<DecidingDraw> draw(int token) {
    return DecidingDraw.at(token, known.finding().original());
  }

  private String words(int from, int to) {
    StringBuilder words = new StringBuilder();
    IntStream.range(from, to).forEach(token -> words.append(known.token(token)));
    return TerminalText.line(words.toString(), 400);
  }

  private String kinds(int token) {
    return known.text().kinds().get(token).stream()
        .sorted()
        .map(TokenKind::show)
        .collect(Collectors.joining("; "));
  }

  private String piece(int token) {
    return DrawText.quoted(known.token(token));
  }

  private void partings() {
    heading("Where continuations part ways");
    List<Parting> strays = known.strays();
    String changed =
        known.window().window().rise().mean() < 0
            ? Followed.same(known.finding())
            : "another answer";
    lines.add("  " + counted(strays, changed));
    known
        .after()
        .ifPresentOrElse(
            after -> lines.add("  " + followed(after, Followed.same(known.finding()))),
            () -> lines.add("  nothing was sampled after the window"));
    lines.add("");
    if (!known.told()) {
      return;
    }
    columns(column("before it, " + changed, strays), column("after it", known.followers()));
  }

  private String counted(List<Parting> strays, String changed) {
    if (known.before().isEmpty()) {
      return "nothing was sampled before the window";
    }
    CotLevel before = known.before().get();
    long inside = strays.stream().filter(parting -> known.text().holds(parting.at())).count();
    String where =
        known.told()
            ? inside + " of these leave the response's words within the window"
            : "what they wrote is not known";
    return known.strayed()
        + " of "
        + before.resamples().size()
        + " from "
        + Numbers.count(before.cut().kept())
        + " tokens kept came to "
        + changed
        + "; "
        + where;
  }

  private static String followed(CotLevel after, String same) {
    return after.consistent().successes()
        + " of "
        + after.consistent().trials()
        + " from "
        + Numbers.count(after.cut().kept())
        + " tokens kept came to "
        + same;
  }

  /// A column of the comparison: a few continuations, wrapped to half of the width.
  private List<String> column(String title, List<Parting> partings) {
    List<String> column = new ArrayList<>(List.of(title));
    partings.stream().limit(MOST_PARTINGS).forEach(parting -> column.addAll(parting(parting)));
    if (partings.isEmpty()) {
      column.add("none");
    }
    return column;
  }

  private List<String> parting(Parting parting) {
    int kept = parting.resample().response().key().kept();
    String words = parting.words(known.rest(Math.min(kept, known.text().length())));
    String answer = TerminalText.line(parting.resample().outcome().show(), 20);
    if (words.isBlank()) {
      return List.of("", answer + ", in the response's own words");
    }
    List<String> lines = new ArrayList<>(List.of(""));
    lines.add(answer + ", other words from token " + Numbers.count(parting.at() + 1L));
    lines.addAll(wrapped("“…" + TerminalText.line(words, 220) + "”"));
    return lines;
  }

  private static List<String> wrapped(String text) {
    int width = WIDTH / 2 - 4;
    List<String> wrapped = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.replaceAll("(\\S{" + width + "})", "$1 ").split(" ", -1)) {
      if (line.length() + word.length() >= width) {
        wrapped.add(line.toString().strip());
        line.setLength(0);
      }
      line.append(word).append(' ');
    }
    wrapped.add(line.toString().strip());
    return wrapped;
  }

  private void columns(List<String> left, List<String> right) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      rows.add(List.of(i < left.size() ? left.get(i) : "", i < right.size() ? right.get(i) : ""));
    }
    lines.addAll(View.aligned(rows));
  }

  private void signals() {
    WindowText text = known.text();
    heading("Beside the cheapest signals, the response's least likely and most open tokens");
    text.leastLikely()
        .ifPresentOrElse(
            this::least,
            () -> lines.add("  not known: the ledger has no log-probabilities of this response"));
    text.mostOpen()
        .ifPresentOrElse(
            this::open, () -> lines.add("  entropy is not known: the ledger has none of this run"));
    lines.add(
        "  a token taken at random lies in the window with probability "
            + Numbers.share((double) text.width() / text.length())
            + " ("
            + Numbers.count(text.width())
            + " of "
            + Numbers.count(text.length())
            + ")");
  }

  private void least(int token) {
    List<Double> logProbs = known.text().logProbs();
    signal(token, "log-prob " + Numbers.fine(logProbs.get(token)));
    means("log-prob", Numbers.fine(mean(logProbs, true)), Numbers.fine(mean(logProbs, false)));
  }

  private void open(int token) {
    List<Double> entropies = known.text().entropies();
    signal(token, "entropy " + Numbers.fine(entropies.get(token)) + " nats");
    means("entropy", Numbers.fine(mean(entropies, true)), Numbers.fine(mean(entropies, false)));
  }

  private void signal(int token, String value) {
    boolean inside = known.text().holds(token);
    lines.add(
        "  token "
            + Numbers.count(token + 1L)
            + " "
            + piece(token)
            + ", "
            + value
            + (inside ? ", lies in the window" : ", does not lie in the window"));
  }

  private void means(String what, String inside, String outside) {
    boolean all = known.text().width() == known.text().length();
    lines.add(
        "  mean "
            + what
            + " "
            + inside
            + " in the window, "
            + (all ? "and nothing is outside" : outside + " outside"));
  }

  /// Of the tokens in the window, or of all others; 0 where there are none.
  private double mean(List<Double> values, boolean inside) {
    return IntStream.range(0, values.size())
        .filter(token -> known.text().holds(token) == inside)
        .mapToDouble(values::get)
        .average()
        .orElse(0);
  }

  private void heading(String title) {
    lines.add("");
    lines.add(title);
  }
}
