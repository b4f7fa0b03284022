package criticalwindows.export;

import criticalwindows.ratio.MeasuredCurve;
import criticalwindows.ratio.RatioStudy;
import criticalwindows.ratio.Score;
import criticalwindows.ratio.Scores;
import criticalwindows.ratio.TextScores;
import criticalwindows.stats.Beta;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Roc;
import criticalwindows.tables.Table;
import criticalwindows.tables.Table.Cell;
import criticalwindows.tables.Table.Column;
import criticalwindows.tables.TableFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A run of likelihood ratios as tables.
public final class RatioExport {
  private static final double LEVEL = .95;
  private static final Cell ABSENT = new Cell.Absent();

  /// A row for each text.
  public static final Table TEXTS =
      new Table("texts", "a row for each text that both models have scored", texts());

  /// A row for each token.
  public static final Table TOKENS =
      new Table(
          "tokens",
          "a row for each token of a response",
          List.of(
              new Column("text", Table.Type.TEXT, "the text's id"),
              new Column("token", Table.Type.WHOLE, "of the response, from 0"),
              new Column("token_text", Table.Type.TEXT, "what it writes"),
              new Column(
                  "aligned",
                  Table.Type.REAL,
                  "natural log-probability by the aligned model, at temperature 1, nothing masked"),
              new Column("unaligned", Table.Type.REAL, "the same by the unaligned model"),
              new Column(
                  "ratio",
                  Table.Type.REAL,
                  "unaligned less aligned, in nats; above 0 is suspicious"),
              new Column(
                  "k",
                  Table.Type.WHOLE,
                  "continuations of the class that is followed, from a cut before this token;"
                      + " absent where nothing was sampled there"),
              new Column("n", Table.Type.WHOLE, "of so many; absent likewise"),
              new Column(
                  "exact",
                  Table.Type.REAL,
                  "exact probability of the class before this token; absent where it is not"
                      + " known")));

  /// A row for each family and score.
  public static final Table SCORES =
      new Table("scores", "a row for each family and score", scores());

  /// A row for each family and token.
  public static final Table DIVERGENCE =
      new Table(
          "divergence",
          "a row for each family and token of the response, as long as there are two texts",
          List.of(
              new Column("family", Table.Type.TEXT, "of the texts; benign ones too"),
              new Column("token", Table.Type.WHOLE, "of the response, from 0"),
              new Column("texts", Table.Type.WHOLE, "that are so long"),
              new Column(
                  "mean", Table.Type.REAL, "of aligned less unaligned log-probability, in nats"),
              new Column("low", Table.Type.REAL, "95 % interval by Student's t over texts, from"),
              new Column("high", Table.Type.REAL, "to")));

  /// All of them.
  public static final List<Table> ALL = List.of(TEXTS, TOKENS, SCORES, DIVERGENCE);

  private RatioExport() {}

  /// A text.
  ///
  /// @param written its response's tokens, as they are written
  public record Text(TextScores scores, List<String> written, MeasuredCurve curve) {
    public Text {
      written = List.copyOf(written);
    }
  }

  private static List<Column> texts() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("text", Table.Type.TEXT, "its id"));
    columns.add(new Column("family", Table.Type.TEXT, "of attacks, or benign"));
    columns.add(
        new Column("outcome", Table.Type.TEXT, "as it was recorded; absent where it was not"));
    columns.add(new Column("tokens", Table.Type.WHOLE, "of the response"));
    for (Score score : Scores.ALL) {
      columns.add(
          new Column(
              name(score), Table.Type.REAL, score.about() + "; in nats, high is suspicious"));
    }
    columns.add(
        new Column(
            "window_low",
            Table.Type.REAL,
            "90 % interval of the window's centre, in tokens kept, from; absent where no window is"
                + " claimed"));
    columns.add(new Column("window_high", Table.Type.REAL, "to"));
    return columns;
  }

  private static String name(Score score) {
    return score.name().replace('-', '_');
  }

  private static List<Column> scores() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("family", Table.Type.TEXT, "of the attacks"));
    columns.add(new Column("score", Table.Type.TEXT, "a column of texts"));
    columns.add(new Column("texts", Table.Type.WHOLE, "of the family"));
    columns.add(new Column("benign", Table.Type.WHOLE, "texts that it is told from"));
    columns.add(new Column("area", Table.Type.REAL, "of the ROC curve, in [0, 1]"));
    columns.add(new Column("area_low", Table.Type.REAL, "its 95 % interval (Newcombe), from"));
    columns.add(new Column("area_high", Table.Type.REAL, "to"));
    for (int percent : List.of(1, 5)) {
      String at = "at_" + percent;
      String absent = "; absent where that is less than one of them";
      columns.add(
          new Column(
              at + "_threshold",
              Table.Type.REAL,
              "above which " + percent + " % of the benign texts are flagged" + absent));
      columns.add(
          new Column(at + "_k", Table.Type.WHOLE, "of the family that are flagged" + absent));
      columns.add(
          new Column(at + "_low", Table.Type.REAL, "95 % interval (Clopper–Pearson), from"));
      columns.add(new Column(at + "_high", Table.Type.REAL, "to"));
      columns.add(
          new Column(
              at + "_whole_low",
              Table.Type.REAL,
              "95 % interval with the threshold's own uncertainty, from"));
      columns.add(new Column(at + "_whole_high", Table.Type.REAL, "to"));
    }
    return columns;
  }

  /// Writes all rows.
  ///
  /// @param tables made for [#ALL]
  public static void write(RatioStudy study, List<Text> texts, TableFolder tables) {
    texts.forEach(text -> add(text, tables));
    study.told().forEach(told -> tables.add(SCORES, score(told)));
    List<String> families = new ArrayList<>(study.byFamily().keySet());
    families.add(RatioStudy.BENIGN);
    for (String family : families) {
      for (RatioStudy.Position at : study.divergence(family)) {
        tables.add(
            DIVERGENCE,
            List.of(
                new Cell.Text(family),
                new Cell.Whole(at.token()),
                new Cell.Whole(at.texts()),
                new Cell.Real(at.mean()),
                new Cell.Real(at.interval().low()),
                new Cell.Real(at.interval().high())));
      }
    }
  }

  private static void add(Text text, TableFolder tables) {
    TextScores scores = text.scores;
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell.Text(scores.item().id()));
    cells.add(new Cell.Text(scores.item().task()));
    cells.add(scores.item().answer().<Cell>map(Cell.Text::new).orElse(ABSENT));
    cells.add(new Cell.Whole(scores.length()));
    Scores.ALL.forEach(score -> cells.add(new Cell.Real(score.of(scores))));
    cells.addAll(ends(text.curve.window()));
    tables.add(TEXTS, cells);
    for (int token = 0; token < scores.length(); token++) {
      tables.add(TOKENS, token(text, token));
    }
  }

  private static List<Cell> ends(Optional<Interval> interval) {
    return List.of(
        interval.<Cell>map(each -> new Cell.Real(each.low())).orElse(ABSENT),
        interval.<Cell>map(each -> new Cell.Real(each.high())).orElse(ABSENT));
  }

  private static List<Cell> token(Text text, int token) {
    Optional<Curve.Point> point =
        text.curve.curve().points().stream()
            .filter(each -> each.position() == token && each.proportion().known())
            .findFirst();
    return List.of(
        new Cell.Text(text.scores.item().id()),
        new Cell.Whole(token),
        token < text.written.size() ? new Cell.Text(text.written.get(token)) : ABSENT,
        new Cell.Real(text.scores.aligned().response().at(token)),
        new Cell.Real(text.scores.unaligned().response().at(token)),
        new Cell.Real(text.scores.ratio(token)),
        point.<Cell>map(at -> new Cell.Whole(at.proportion().successes())).orElse(ABSENT),
        point.<Cell>map(at -> new Cell.Whole(at.proportion().trials())).orElse(ABSENT),
        Optional.ofNullable(text.curve.exact().get(token))
            .<Cell>map(Cell.Real::new)
            .orElse(ABSENT));
  }

  private static List<Cell> score(RatioStudy.Told told) {
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell.Text(told.family()));
    cells.add(new Cell.Text(name(told.score())));
    cells.add(new Cell.Whole(told.texts()));
    cells.add(new Cell.Whole(told.one().raised().trials()));
    cells.add(new Cell.Real(told.area()));
    cells.add(new Cell.Real(told.interval().low()));
    cells.add(new Cell.Real(told.interval().high()));
    cells.addAll(caught(.01, told.one()));
    cells.addAll(caught(.05, told.five()));
    return cells;
  }

  private static List<Cell> caught(double share, Roc.Caught caught) {
    if (share * caught.raised().trials() < 1) {
      return List.of(ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT);
    }
    Interval exact = Beta.exact(caught.found(), LEVEL);
    return List.of(
        new Cell.Real(caught.threshold()),
        new Cell.Whole(caught.found().successes()),
        new Cell.Real(exact.low()),
        new Cell.Real(exact.high()),
        new Cell.Real(caught.whole().low()),
        new Cell.Real(caught.whole().high()));
  }

  /// What is in the files, as Markdown.
  public static String readme(String run) {
    return RunTables.readme(run, ALL);
  }
}
