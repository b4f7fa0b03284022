package criticalwindows.figure;

import criticalwindows.drawing.Ink;
import criticalwindows.stats.Proportion;
import criticalwindows.view.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Figures of right answers: with and without reasoning, with and without a window.
final class BarFigures {
  private static final List<FigureColumn> COLUMNS =
      List.of(
          FigureColumn.DATASET,
          FigureColumn.RUN,
          FigureColumn.GROUP,
          FigureColumn.BAR,
          FigureColumn.K,
          FigureColumn.N,
          FigureColumn.SHARE,
          FigureColumn.LOW,
          FigureColumn.HIGH);
  private static final List<Double> STARTS = List.of(0., .25, .5, .75);

  private BarFigures() {}

  /// A bar.
  ///
  /// @param group of bars it belongs to
  /// @param colour of a series
  /// @param opacity in (0, 1]
  private record Bar(String group, String name, Proportion counts, int colour, double opacity) {}

  /// The direct answer against reasoning.
  static Figure direct(List<Study> studies) {
    Sheet.Head head =
        new Sheet.Head(
            "Right answers: direct, and after reasoning",
            "Share of problems with 95 % intervals; n is written under each bar.");
    return figure("direct", head, studies, BarFigures::directBars);
  }

  private static List<Bar> directBars(Study study) {
    List<Bar> bars = new ArrayList<>();
    bars.add(
        new Bar(
            "",
            "direct",
            count(study, p -> p.direct().isPresent(), p -> p.direct().orElse(false)),
            1,
            .9));
    bars.add(new Bar("", "reasoned", count(study, p -> true, Study.Traced::isRight), 0, .9));
    bars.add(
        new Bar(
            "reasoned, where direct is",
            "right",
            count(study, p -> p.direct().equals(Optional.of(true)), Study.Traced::isRight),
            0,
            .55));
    bars.add(
        new Bar(
            "reasoned, where direct is",
            "wrong",
            count(study, p -> p.direct().equals(Optional.of(false)), Study.Traced::isRight),
            0,
            .55));
    return bars;
  }

  /// Accuracy with and without a window, beside what Bayes alone gives.
  static Figure windows(List<Study> studies) {
    Sheet.Head head =
        new Sheet.Head(
            "Accuracy with and without a window",
            "Blue: by the published rule (a jump > 0.5 between adjacent cuts, no drop < −0.3)."
                + " Green: by the window model (P(none) ≤ 0.25), of runs of up to 100 problems."
                + " Grey: the Bayes null, by whether the first cut's consistency is below 0.5,"
                + " because an answer that commits in one step jumps > 0.5 only if it began below"
                + " 0.5; with P(right) ~ Beta(3, 1) at the start that alone gives an accuracy of"
                + " 0.21 with a window and 0.90 without. Readable originals, 95 % intervals; n is"
                + " written under each bar.");
    return figure("windows", head, studies, BarFigures::windowBars);
  }

  private static List<Bar> windowBars(Study study) {
    List<Bar> bars = new ArrayList<>();
    bars.add(new Bar("measured", "window", right(study, p -> p.readable() && p.window()), 0, .9));
    bars.add(new Bar("measured", "none", right(study, p -> p.readable() && !p.window()), 0, .45));
    if (study.problems().stream().anyMatch(problem -> problem.claimed().isPresent())) {
      Predicate<Study.Traced> claimed = p -> p.claimed().equals(Optional.of(true));
      Predicate<Study.Traced> none = p -> p.claimed().equals(Optional.of(false));
      bars.add(new Bar("window model", "window", right(study, claimed), 2, .9));
      bars.add(new Bar("window model", "none", right(study, none), 2, .45));
    }
    Predicate<Study.Traced> low = p -> p.start().known() && p.start().estimate() < .5;
    Predicate<Study.Traced> high = p -> p.start().known() && p.start().estimate() >= .5;
    bars.add(new Bar("null", "start < 0.5", right(study, low), -1, .9));
    bars.add(new Bar("null", "start ≥ 0.5", right(study, high), -1, .45));
    return bars;
  }

  private static Proportion right(Study study, Predicate<Study.Traced> among) {
    return count(study, among, Study.Traced::isRight);
  }

  /// The same in strata of the consistency at the first cut.
  static Figure strata(List<Study> studies) {
    Sheet.Head head =
        new Sheet.Head(
            "Accuracy with and without a window, by starting consistency",
            "Among problems that began alike, does a window still go with errors? Dark: with a"
                + " window, light: without. Readable originals, by the share of continuations from"
                + " the first cut that end like the original; 95 % intervals; n is written under"
                + " each bar.");
    return figure("windows-by-start", head, studies, BarFigures::strataBars);
  }

  private static List<Bar> strataBars(Study study) {
    List<Bar> bars = new ArrayList<>();
    for (double from : STARTS) {
      Predicate<Study.Traced> here =
          p ->
              p.start().known()
                  && p.start().estimate() >= from
                  && (p.start().estimate() < from + .25 || from == .75);
      String group = Numbers.share(from) + "–" + Numbers.share(from + .25);
      bars.add(
          new Bar(
              group,
              "window",
              count(study, here.and(Study.Traced::window), Study.Traced::isRight),
              0,
              .9));
      bars.add(
          new Bar(
              group,
              "none",
              count(study, here.and(p -> !p.window()), Study.Traced::isRight),
              0,
              .45));
    }
    return bars;
  }

  private static Proportion count(
      Study study, Predicate<Study.Traced> among, Predicate<Study.Traced> success) {
    return study.problems().stream()
        .filter(among.and(p -> p.right().isPresent()))
        .map(problem -> Study.once(success.test(problem)))
        .reduce(Proportion.NONE, Proportion::plus);
  }

  /// What bars a run has.
  private interface Bars {
    List<Bar> of(Study study);
  }

  private static Figure figure(String name, Sheet.Head head, List<Study> studies, Bars bars) {
    List<List<String>> rows = new ArrayList<>();
    int across = Math.min(3, studies.size());
    int wide = 64 * bars.of(studies.getFirst()).size();
    Sheet sheet = Sheet.of(head, across, Math.ceilDiv(studies.size(), across), Math.max(240, wide));
    for (int i = 0; i < studies.size(); i++) {
      Study study = studies.get(i);
      Panel panel = sheet.panel(i);
      panel.frame(Sheet.brief(study.label() + " on " + study.dataset(), sheet.wide() / 9));
      List<Bar> all = bars.of(study);
      for (int bar = 0; bar < all.size(); bar++) {
        draw(panel, all, bar);
        rows.add(row(study, all.get(bar)));
      }
    }
    return new Figure(name, sheet.drawing(), COLUMNS, rows);
  }

  private static void draw(Panel panel, List<Bar> all, int index) {
    Bar bar = all.get(index);
    double x = (index + .5) / all.size();
    panel.under(x, 0, bar.name);
    panel.under(x, 1, "n = " + bar.counts.trials());
    boolean begins = index == 0 || !all.get(index - 1).group.equals(bar.group);
    if (begins && !bar.group.isEmpty()) {
      long size = all.stream().filter(other -> other.group.equals(bar.group)).count();
      panel.under((index + size / 2.0) / all.size(), 2, bar.group);
    }
    if (bar.counts.known()) {
      Ink ink = bar.colour < 0 ? Ink.GREY : Ink.of(bar.colour);
      panel.bar(Study.Point.of(x, bar.counts).value(), .62 / all.size(), ink, bar.opacity);
    }
  }

  private static List<String> row(Study study, Bar bar) {
    Proportion counts = bar.counts;
    boolean known = counts.known();
    Study.Point point = Study.Point.of(0, counts);
    return List.of(
        study.dataset(),
        study.label(),
        bar.group,
        bar.name,
        Long.toString(counts.successes()),
        Long.toString(counts.trials()),
        known ? Sheet.number(counts.estimate()) : "",
        known ? Sheet.number(point.interval().low()) : "",
        known ? Sheet.number(point.interval().high()) : "");
  }
}
