package criticalwindows.figure;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.CotSummary;
import criticalwindows.cot.FixedCuts;
import criticalwindows.cot.MeanShare;
import criticalwindows.cot.WindowTable;
import criticalwindows.dataset.Problem;
import criticalwindows.drawing.Drawing;
import criticalwindows.drawing.Ink;
import criticalwindows.drawing.Mark;
import criticalwindows.drawing.Png;
import criticalwindows.drawing.Svg;
import criticalwindows.grade.Grader;
import criticalwindows.model.Sampling;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Runner;
import criticalwindows.stats.Proportion;
import criticalwindows.window.WindowFinding;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FiguresTest {
  private static final String HOSTILE = "</text><script>alert(1)</script> & \"run\"";

  private final List<CotFinding> findings = findings(".1,.4,.7,.9", "27");
  private final List<Study> studies =
      List.of(
          study("first", "toy", findings),
          study(HOSTILE, "toy", findings(".1,.4,.7,.9", "29")),
          study(
              "a run with a very long name ".repeat(9),
              "other ".repeat(30),
              findings("every:2", "27")));

  private static Study study(String label, String dataset, List<CotFinding> findings) {
    return new Study(label, dataset, findings.stream().map(FiguresTest::traced).toList());
  }

  private static Study.Traced traced(CotFinding finding) {
    return Study.Traced.of(finding, WindowFinding.of(finding).map(WindowFinding::claimed));
  }

  private static List<CotFinding> findings(String cuts, String gold) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      problems.add(Problem.of("toy", "logic", "Which leaf? (" + i + ")", List.of(), gold));
    }
    CotSettings settings = new CotSettings(CutPlan.parse(cuts), 5, Sampling.PLAIN, 40, 3);
    CotScripts scripts =
        new CotScripts(ToyModel.orderedDecisions(), PromptSet.standard(), settings);
    MemoryLedger ledger = new MemoryLedger(problems);
    List<CotFinding> findings = new ArrayList<>();
    try {
      Runner.run(new FixedCuts(scripts), ledger, InstantSource.fixed(Instant.EPOCH), state -> {});
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this", e);
    }
    ledger.forEach(
        (problem, rows) ->
            CotFinding.of(problem, rows, settings.cuts(), Grader.STANDARD)
                .ifPresent(findings::add));
    return findings;
  }

  private static List<String> row(Figure figure, String run, String... begin) {
    return figure.rows().stream()
        .filter(row -> row.get(1).equals(run))
        .filter(row -> row.subList(2, 2 + begin.length).equals(List.of(begin)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void curvesHoldTheMeansOfTheSummary() {
    Figure figure = CurveFigures.curves(studies);
    CotSummary summary = CotSummary.of(findings);
    for (CotSummary.Level level : summary.levels()) {
      String fraction = number(level.fraction());
      assertCounts(
          row(figure, "first", "same answer as the original", fraction), level.consistent());
      assertCounts(row(figure, "first", "right answer (accuracy)", fraction), level.right());
      assertCounts(row(figure, "first", "early answer right", fraction), level.earlyRight());
      Proportion with =
          counts(
              row(
                  CurveFigures.earlyAnswers(studies),
                  "first",
                  "early answer = original",
                  fraction));
      assertThat(with).isEqualTo(level.earlyConsistent().counts());
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  private static Proportion counts(List<String> row) {
    return new Proportion(Long.parseLong(row.get(4)), Long.parseLong(row.get(5)));
  }

  private static void assertCounts(List<String> row, MeanShare mean) {
    assertThat(counts(row)).isEqualTo(mean.counts());
    assertThat(row.subList(7, 10))
        .containsExactly(
            number(mean.counts().estimate()),
            number(mean.interval().low()),
            number(mean.interval().high()));
  }

  @Test
  void barsHoldTheCountsOfTheWindowTable() {
    Figure figure = BarFigures.windows(studies);
    WindowTable table = WindowTable.of(findings);
    assertThat(counts(row(figure, "first", "measured", "window"))).isEqualTo(table.rightWith());
    assertThat(counts(row(figure, "first", "measured", "none"))).isEqualTo(table.rightWithout());
    Proportion claimed = counts(row(figure, "first", "window model", "window"));
    assertThat(claimed.plus(counts(row(figure, "first", "window model", "none"))))
        .isEqualTo(table.all());
    assertThat(claimed.trials())
        .isEqualTo(
            findings.stream()
                .filter(finding -> WindowFinding.of(finding).orElseThrow().claimed())
                .count())
        .isBetween(1L, 16L);
    Proportion low = counts(row(figure, "first", "null", "start < 0.5"));
    Proportion high = counts(row(figure, "first", "null", "start ≥ 0.5"));
    assertThat(low.plus(high)).isEqualTo(table.all());
    Proportion with = Proportion.NONE;
    for (List<String> row : BarFigures.strata(studies).rows()) {
      boolean mine = row.get(1).equals("first") && row.get(3).equals("window");
      with = mine ? with.plus(counts(row)) : with;
    }
    assertThat(with).isEqualTo(table.rightWith());
    CotSummary summary = CotSummary.of(findings);
    Figure direct = BarFigures.direct(studies);
    assertThat(counts(row(direct, "first", "", "direct")))
        .isEqualTo(summary.directRight().counts());
    assertThat(counts(row(direct, "first", "", "reasoned"))).isEqualTo(summary.right().counts());
  }

  @Test
  void plansWhoseFractionsDifferAreShownInTenths() {
    List<Study.Traced> mixed = new ArrayList<>(studies.getFirst().problems());
    mixed.addAll(studies.get(2).problems());
    List<Study.Point> points = new Study("mixed", "toy", mixed).means(Study.Level::right);
    assertThat(points).hasSize(10);
    assertThat(points.get(3).counts().trials()).isEqualTo(160);
    // At .3 the last cuts before are those of .1 and of 4 tokens, 4 / 15.
    Study.Level first = mixed.getFirst().at(.3).orElseThrow();
    assertThat(first.fraction()).isEqualTo(.1);
    assertThat(mixed.getLast().at(.3).orElseThrow().fraction()).isEqualTo(4 / 15.0);
    Figure problems = ProblemFigure.of(studies.get(2), 3);
    // 8 cuts of 15 tokens and the end, two series, all problems.
    assertThat(problems.rows()).hasSize(16 * (8 + 1) * 2);
    assertThat(problems.name()).isEqualTo("problems-3");
  }

  @Test
  void atItsEndAProblemIsItselfAndRightOrNotWithoutASample() {
    Study study = studies.getFirst();
    Figure figure = ProblemFigure.of(study, 1);
    List<List<String>> ends =
        figure.rows().stream().filter(row -> row.get(4).equals(number(1))).toList();
    assertThat(ends).hasSize(2 * study.problems().size());
    assertThat(study.problems()).anyMatch(Study.Traced::isRight).anyMatch(one -> !one.isRight());
    for (Study.Traced problem : study.problems()) {
      String right = number(problem.isRight() ? 1 : 0);
      assertThat(ends)
          .contains(
              List.of(
                  "toy",
                  "first",
                  problem.id(),
                  "consistent",
                  number(1),
                  "0",
                  "0",
                  number(1),
                  number(1),
                  number(1)),
              List.of(
                  "toy", "first", problem.id(), "right", number(1), "0", "0", right, right, right));
    }
    Study.Traced read = study.problems().getFirst();
    Study.Traced unread =
        new Study.Traced(
            "unread",
            false,
            Optional.of(false),
            read.direct(),
            false,
            read.claimed(),
            Optional.empty(),
            Optional.empty(),
            read.levels());
    assertThat(ProblemFigure.of(new Study("first", "toy", List.of(unread)), 1).rows())
        .noneMatch(row -> row.get(4).equals(number(1)));
  }

  @Test
  void noTextIsClippedAndNoMarkIsOutsideTheSheet() {
    Graphics2D pen = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    for (Figure figure : Figures.of(studies)) {
      Drawing drawing = figure.drawing();
      Rectangle2D sheet = new Rectangle2D.Double(0, 0, drawing.width(), drawing.height());
      for (Mark mark : drawing.marks()) {
        switch (mark) {
          case Mark.Label label ->
              assertThat(sheet.contains(box(pen, label)))
                  .as("%s in %s", label, figure.name())
                  .isTrue();
          case Mark.Dot dot -> assertThat(sheet.contains(dot.at().x(), dot.at().y())).isTrue();
          case Mark.Line line ->
              line.points().forEach(p -> assertThat(sheet.contains(p.x(), p.y())).isTrue());
          case Mark.Area area ->
              area.points().forEach(p -> assertThat(sheet.contains(p.x(), p.y())).isTrue());
        }
      }
    }
  }

  private static Rectangle2D box(Graphics2D pen, Mark.Label label) {
    int style = label.font().weight() == Mark.Weight.BOLD ? Font.BOLD : Font.PLAIN;
    pen.setFont(new Font(Font.SANS_SERIF, style, 1).deriveFont((float) label.font().size()));
    double wide = pen.getFontMetrics().stringWidth(label.text());
    double left =
        switch (label.anchor()) {
          case START -> 0;
          case MIDDLE -> wide / 2;
          case END -> wide;
        };
    double size = label.font().size();
    return new Rectangle2D.Double(label.at().x() - left, label.at().y() - size, wide, size + 3);
  }

  @Test
  void picturesAreWhatTheySayAndHostileNamesAreText() throws IOException {
    for (Figure figure : Figures.of(studies)) {
      var svg = Jsoup.parse(Svg.file(figure.drawing()), "", Parser.xmlParser());
      assertThat(svg.select("svg")).hasSize(1);
      assertThat(svg.select("script")).isEmpty();
      BufferedImage png = ImageIO.read(new ByteArrayInputStream(Png.file(figure.drawing())));
      assertThat(png.getWidth()).isEqualTo(2 * figure.drawing().width());
      assertThat(png.getHeight()).isEqualTo(2 * figure.drawing().height());
    }
    assertThat(Svg.file(CurveFigures.curves(studies).drawing()))
        .contains("&lt;/text&gt;&lt;script&gt;");
  }

  @Test
  void everyIntervalIsDrawn() {
    long known =
        BarFigures.windows(studies).rows().stream().filter(row -> !row.get(6).isEmpty()).count();
    long whiskers =
        BarFigures.windows(studies).drawing().marks().stream()
            .filter(mark -> mark instanceof Mark.Line line && line.stroke().ink().equals(Ink.TEXT))
            .count();
    assertThat(whiskers).isEqualTo(3 * known);
    // Two data sets, three panels, a band for each of the three runs.
    long bands =
        CurveFigures.curves(studies).drawing().marks().stream()
            .filter(mark -> mark instanceof Mark.Area area && area.opacity() < .2)
            .count();
    assertThat(bands).isEqualTo(3 * 3);
  }

  @Test
  void everyColumnOfNumbersIsExplained() {
    String meanings = Figure.meanings();
    for (Figure figure : Figures.of(studies)) {
      for (String column : figure.csv().lines().findFirst().orElseThrow().split(",", -1)) {
        assertThat(meanings).containsPattern("(?m)^\\| " + column + " \\| \\S+");
      }
    }
  }

  @Test
  void numbersAreCsvThatNoSpreadsheetRuns(@TempDir Path folder) {
    Figure figure =
        new Figure(
            "x",
            new Drawing(9, 9),
            List.of(FigureColumn.K, FigureColumn.N),
            List.of(List.of("=1+1", "-.5"), List.of("q\"", "")));
    assertThat(figure.csv()).isEqualTo("k,n\n\"'=1+1\",-.5\n\"q\"\"\",\n");
    figure.write(folder.resolve("new"));
    assertThat(folder.resolve("new").toFile().list())
        .containsExactlyInAnyOrder("x.svg", "x.png", "x.pdf", "x.csv");
  }
}
