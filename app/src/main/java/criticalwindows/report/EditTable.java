package criticalwindows.report;

import criticalwindows.cot.MeanShare;
import criticalwindows.intervene.Edit;
import criticalwindows.intervene.EditFinding;
import criticalwindows.intervene.EditFinding.Edited;
import criticalwindows.intervene.Edits;
import criticalwindows.outcome.Outcome;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.TwoProportions;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import criticalwindows.window.DecidingDraw;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What became of edited responses, as text: the check of a run's windows, or one edit.
public final class EditTable {
  private static final int ID = 12;
  private static final int CLASS = 40;

  /// Classes and drawn texts that are listed; those with fewer continuations go into one line.
  private static final int MOST = 12;

  private static final List<Column<EditFinding>> CHECKS =
      List.of(
          new Column<>(
              "item",
              "the beginning of its id",
              known -> TerminalText.line(known.edit().problem().id(), ID)),
          new Column<>(
              "token",
              "the window's likeliest one, and what it says",
              known ->
                  Numbers.count(known.edit().to()) + " " + DrawText.quoted(known.edit().text())),
          new Column<>(
              "draw",
              "always: its probability is 0.9 or more; unlikely: at most 0.1, and another's more"
                  + " than 0.5; else undecided",
              known ->
                  DecidingDraw.at(known.edit().from(), known.edit().original())
                      .map(draw -> draw.kind().word())
                      .orElse("–")),
          new Column<>(
              "kept",
              "continuations from after that token that come to the original's outcome",
              known -> share(known.kept(known.original()::same))),
          new Column<>(
              "drawn anew",
              "the same where the token was drawn anew until it differed",
              known -> share(known.edited(known.original()::same))),
          new Column<>(
              "difference",
              "kept less drawn anew",
              known ->
                  known.known()
                      ? Numbers.signed(known.difference())
                          + " "
                          + Numbers.interval(known.difference(MeanShare.LEVEL))
                      : "–"),
          new Column<>("draws", "it took", known -> Numbers.count(known.draws())));

  private static final List<Column<Line>> CLASSES =
      List.of(
          new Column<>(
              "outcome",
              "of a continuation, the response's own first",
              row -> TerminalText.line(row.name(), CLASS)),
          new Column<>("as it was", "from after the tokens as they were", r -> share(r.kept())),
          new Column<>("edited", "from after what stands there instead", r -> share(r.edited())),
          new Column<>(
              "difference",
              "edited less as it was",
              row ->
                  row.kept().known() && row.edited().known()
                      ? Numbers.signed(row.edited().estimate() - row.kept().estimate())
                          + " "
                          + Numbers.interval(
                              TwoProportions.difference(row.edited(), row.kept(), MeanShare.LEVEL))
                      : "–"));

  private static final List<Column<Drawn>> DRAWN =
      List.of(
          new Column<>(
              "drawn",
              "in the token's place, the most frequent first, " + MOST + " at most",
              row -> row.text().isEmpty() ? "the end" : DrawText.quoted(row.text())),
          new Column<>("times", "so often", row -> Numbers.count(row.same().trials())),
          new Column<>(
              "as the original",
              "continuations of these that come to the original's outcome",
              row -> share(row.same())));

  private EditTable() {}

  /// The check of a run's windows.
  ///
  /// @param title of the run
  /// @param items of the run with a response
  /// @param windows claimed windows, with a known draw or without
  public static String checks(String title, int items, int windows, Edits edits) {
    List<EditFinding> findings = edits.findings();
    List<String> lines = new ArrayList<>();
    lines.add(TerminalText.line(title));
    lines.add(
        "  windows    "
            + Numbers.count(windows)
            + " of "
            + Numbers.count(items)
            + " have one; the others are left out"
            + left(windows - edits.edits().size(), " have no known probabilities of tokens")
            + left(edits.edits().size() - findings.size(), " do not have all their samples yet"));
    if (!findings.isEmpty()) {
      lines.add("");
      lines.addAll(new View<>(CHECKS, findings).lines("intervals: 95 %"));
      lines.add("");
      lines.addAll(View.wrapped(mean(findings)));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String left(int count, String why) {
    return count == 0 ? "" : "; " + Numbers.count(count) + why;
  }

  private static String mean(List<EditFinding> findings) {
    List<EditFinding> known = findings.stream().filter(EditFinding::known).toList();
    if (known.isEmpty()) {
      return "No token was ever drawn otherwise.";
    }
    long apart =
        known.stream().filter(finding -> finding.difference(MeanShare.LEVEL).low() > 0).count();
    return "Mean difference over "
        + Numbers.count(known.size())
        + ": "
        + Numbers.signed(Edits.mean(known))
        + " "
        + Numbers.interval(Edits.mean(known, MeanShare.LEVEL))
        + "; "
        + Numbers.count(apart)
        + " of them have an interval above 0. All continuations are sampled anew, and not by the"
        + " draws that found the windows.";
  }

  /// One edit.
  ///
  /// @param title of the run
  public static String edit(String title, EditFinding finding) {
    Edit edit = finding.edit();
    List<String> lines = new ArrayList<>();
    lines.add(TerminalText.line(title));
    lines.add("  item       " + TerminalText.line(edit.problem().id()));
    lines.add("  " + stretch(edit) + " " + said(edit.text()));
    lines.add("  instead    " + instead(finding));
    lines.add("");
    lines.addAll(classes(finding).lines("intervals: 95 %, of each line alone"));
    if (edit.change() instanceof Edit.Change.Redrawn && !finding.edited().isEmpty()) {
      lines.add("");
      lines.addAll(drawn(finding).lines());
    }
    return String.join("\n", lines) + "\n";
  }

  private static String stretch(Edit edit) {
    return edit.to() == edit.from() + 1
        ? "token " + Numbers.count(edit.to())
        : "tokens " + Numbers.count(edit.from() + 1) + " to " + Numbers.count(edit.to());
  }

  private static String said(String text) {
    return "“" + TerminalText.line(text, CLASS) + "”";
  }

  private static String instead(EditFinding finding) {
    return switch (finding.edit().change()) {
      case Edit.Change.Replaced replaced ->
          replaced.text().isEmpty() ? "nothing" : said(replaced.text());
      case Edit.Change.Redrawn redrawn ->
          "drawn anew until it differed: "
              + Numbers.count(finding.edited().size())
              + " of "
              + Numbers.count(finding.draws())
              + " draws";
    };
  }

  /// A line of the table of classes.
  private record Line(String name, Proportion kept, Proportion edited) {}

  private static View<Line> classes(EditFinding finding) {
    Map<Object, Outcome> classes = new LinkedHashMap<>();
    Stream.concat(
            Stream.of(finding.original()),
            Stream.concat(finding.kept().stream(), finding.edited().stream().map(Edited::outcome)))
        .forEach(outcome -> classes.putIfAbsent(key(outcome), outcome));
    List<Line> rows =
        classes.entrySet().stream()
            .map(entry -> row(finding, entry.getKey(), entry.getValue()))
            .toList();
    Comparator<Line> most =
        Comparator.comparingLong(row -> -row.kept().successes() - row.edited().successes());
    List<Line> shown = new ArrayList<>(List.of(rows.getFirst()));
    List<Line> others = rows.stream().skip(1).sorted(most).toList();
    others.stream().limit(MOST - 1L).forEach(shown::add);
    if (others.size() >= MOST) {
      List<Line> rest = others.subList(MOST - 1, others.size());
      shown.add(
          new Line(
              Numbers.count(rest.size()) + " others",
              sum(rest.stream().map(Line::kept).toList()),
              sum(rest.stream().map(Line::edited).toList())));
    }
    return new View<>(CLASSES, shown);
  }

  private static Proportion sum(List<Proportion> shares) {
    return new Proportion(
        shares.stream().mapToLong(Proportion::successes).sum(), shares.getFirst().trials());
  }

  private static Line row(EditFinding finding, Object key, Outcome outcome) {
    Predicate<Outcome> same = other -> key(other).equals(key);
    return new Line(outcome.show(), finding.kept(same), finding.edited(same));
  }

  /// Outcomes that cannot be read are classes by their reason.
  private static Object key(Outcome outcome) {
    return outcome.readable() ? outcome.comparedBy() : outcome.show();
  }

  /// A line of the table of what was drawn.
  private record Drawn(String text, Proportion same) {}

  private static View<Drawn> drawn(EditFinding finding) {
    Map<String, List<Edited>> byText = new LinkedHashMap<>();
    finding
        .edited()
        .forEach(
            edited -> byText.computeIfAbsent(edited.text(), t -> new ArrayList<>()).add(edited));
    List<Drawn> rows =
        byText.entrySet().stream()
            .map(entry -> new Drawn(entry.getKey(), same(finding, entry.getValue())))
            .sorted(Comparator.comparingLong(row -> -row.same().trials()))
            .limit(MOST)
            .toList();
    return new View<>(DRAWN, rows);
  }

  private static Proportion same(EditFinding finding, List<Edited> edited) {
    return new Proportion(
        edited.stream().filter(each -> finding.original().same(each.outcome())).count(),
        edited.size());
  }

  private static String share(Proportion share) {
    return share.known()
        ? Numbers.share(share.estimate(), share.wilson(MeanShare.LEVEL))
            + " of "
            + Numbers.count(share.trials())
        : "–";
  }
}
