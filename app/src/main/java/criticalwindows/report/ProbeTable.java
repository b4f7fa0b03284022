package criticalwindows.report;

import criticalwindows.cot.CotFinding;
import criticalwindows.localise.Credible;
import criticalwindows.localise.Verdict;
import criticalwindows.probe.AlongText;
import criticalwindows.probe.ProbeCurve;
import criticalwindows.probe.ProbeMoves;
import criticalwindows.stats.Beta;
import criticalwindows.stats.MedianEstimate;
import criticalwindows.stats.Proportion;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether probes move before, at or after the windows of a run.
final class ProbeTable {
  private static final double LEVEL = .95;
  private static final int NAME = 28;
  private static final String TITLE = "Does the probe move before the window?";

  private static final List<Column<Row>> COLUMNS =
      List.of(
          new Column<>("probe", "its name", row -> TerminalText.line(row.probe, NAME)),
          new Column<>(
              "class", "whose probability it forecasts", row -> TerminalText.line(row.about, NAME)),
          new Column<>(
              "texts",
              "responses that came to their class by a window that is claimed, with a forecast",
              row -> Numbers.count(row.moves.still().trials())),
          new Column<>(
              "tokens after",
              "from the window's centre to where the forecast rises, the median over texts where it"
                  + " does; below 0 the probe is first",
              row -> row.moves.lag().map(ProbeTable::lag).orElse("–")),
          new Column<>("before", "it rises before the window", row -> share(row.moves.before())),
          new Column<>("at", "within the interval of its centre", row -> share(row.moves.at())),
          new Column<>("after", "behind it", row -> share(row.moves.after())),
          new Column<>("still", "it never rises by 0.1 or more", row -> share(row.moves.still())));

  private ProbeTable() {}

  /// What was found of a probe.
  private record Row(String probe, String about, ProbeMoves moves) {}

  /// None where no probe was applied.
  static List<DefenceTable.Titled> tables(CotStudy study) {
    List<Row> rows = new ArrayList<>();
    for (String probe : AlongText.names(study.along().values().stream())) {
      List<ProbeMoves.Beside> texts = new ArrayList<>();
      Stream.concat(study.shown().stream(), study.rest().stream())
          .forEach(finding -> beside(study, finding, probe).ifPresent(texts::add));
      rows.add(new Row(probe, about(study, probe), ProbeMoves.of(texts)));
    }
    return rows.isEmpty()
        ? List.of()
        : List.of(new DefenceTable.Titled(TITLE, new View<>(COLUMNS, rows)));
  }

  /// Lines for the terminal.
  static List<String> lines(CotStudy study) {
    List<String> lines = new ArrayList<>();
    for (DefenceTable.Titled table : tables(study)) {
      lines.add(table.title());
      lines.addAll(table.view().saying().lines("intervals of 95 %"));
      lines.add("");
    }
    return lines;
  }

  private static String about(CotStudy study, String probe) {
    return study.along().values().stream()
        .flatMap(text -> curve(text, probe).stream())
        .map(ProbeCurve::about)
        .findFirst()
        .orElse("–");
  }

  private static Optional<ProbeCurve> curve(AlongText text, String probe) {
    return text.probes().stream().filter(each -> each.probe().equals(probe)).findFirst();
  }

  private static Optional<ProbeMoves.Beside> beside(
      CotStudy study, CotFinding finding, String probe) {
    boolean came =
        finding.readable()
            && finding.outcome().same(finding.followed())
            && study.windows().verdict(finding).equals(Optional.of(Verdict.CLAIMED));
    AlongText text = study.along().get(finding.problem().id());
    return came && text != null
        ? curve(text, probe)
            .flatMap(
                curve ->
                    study.windows().of(finding).map(known -> beside(curve, known.window().place())))
        : Optional.empty();
  }

  private static ProbeMoves.Beside beside(ProbeCurve curve, Credible place) {
    return new ProbeMoves.Beside(curve, place.mean(), place.interval());
  }

  private static String lag(MedianEstimate lag) {
    return Numbers.signed(lag.value()) + " " + Numbers.interval(lag.interval());
  }

  private static String share(Proportion share) {
    return share.known()
        ? Numbers.share(share.estimate()) + " " + Numbers.interval(Beta.exact(share, LEVEL))
        : "–";
  }
}
