package criticalwindows.show;

import criticalwindows.dataset.Problem;
import criticalwindows.drawing.Svg;
import criticalwindows.error.UserError;
import criticalwindows.figure.Figure;
import criticalwindows.figure.RatioFigures;
import criticalwindows.ratio.AlongCurve;
import criticalwindows.ratio.AlongCurves;
import criticalwindows.ratio.Foretold;
import criticalwindows.ratio.MeasuredCurve;
import criticalwindows.ratio.RatioSettings;
import criticalwindows.ratio.RatioStudy;
import criticalwindows.ratio.Role;
import criticalwindows.ratio.TextScores;
import criticalwindows.report.Heading;
import criticalwindows.report.RatioPage;
import criticalwindows.report.RatioTable;
import criticalwindows.report.RatioView;
import criticalwindows.rollout.Faults;
import criticalwindows.rollout.Sample;
import criticalwindows.run.MeasuredCurves;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Proportion;
import criticalwindows.store.RunFolder;
import criticalwindows.view.Blur;
import criticalwindows.view.TerminalText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/// What is shown of a run of likelihood ratios.
public final class RatioReports implements RunViews {
  /// Tokens of the response after which an outcome is foretold, where no curve was measured.
  private static final List<Integer> KEPT = List.of(0, 1, 2, 3, 4, 5, 6, 8, 12, 20, 30);

  private final RunFolder run;
  private final RatioSettings settings;
  private final Map<String, MeasuredCurve> curves;
  private final List<TextScores> texts = new ArrayList<>();
  private final Map<String, List<String>> tokens = new HashMap<>();
  private final RatioView view;
  private Redaction redaction = Redaction.SHOWN;

  private RatioReports(RunFolder run) {
    this.run = run;
    this.settings = run.settings(RatioSettings::of);
    this.curves = MeasuredCurves.read(run);
    run.ledger().forEach(this::read);
    this.view =
        new RatioView(
            texts,
            run.ledger().problems().size() - texts.size(),
            RatioStudy.of(texts),
            settings.follow(),
            settings.follow().isPresent() ? Foretold.of(places()) : List.of(),
            new AlongCurves(along()));
  }

  /// Of a run.
  public static RatioReports of(RunFolder run) {
    return new RatioReports(run);
  }

  /// The same, with the tokens of responses shown or blurred.
  public RatioReports redacted(Redaction how) {
    redaction = how;
    if (how == Redaction.BLURRED) {
      tokens.replaceAll((id, each) -> each.stream().map(Blur::text).toList());
    }
    return this;
  }

  private void read(Problem item, List<Sample> rows) {
    Optional<TextScores> scores = TextScores.of(item, rows);
    scores.ifPresent(texts::add);
    rows.stream()
        .filter(row -> Role.ALIGNED.asked(row.key()) && scores.isPresent())
        .filter(row -> row.tokens().size() >= scores.get().prompted() + scores.get().length())
        .findFirst()
        .ifPresent(row -> tokens.put(item.id(), written(row, scores.get().prompted())));
  }

  /// The tokens of a row behind the first ones, as they are written.
  private static List<String> written(Sample row, int from) {
    List<String> written = new ArrayList<>();
    for (int token = from; token < row.tokens().size() && !row.ends().isEmpty(); token++) {
      String before = row.beginning(token);
      written.add(row.beginning(token + 1).substring(before.length()));
    }
    return written;
  }

  /// The texts whose curve was measured.
  private List<AlongCurve> along() {
    return texts.stream()
        .map(text -> new AlongCurve(text, curve(text)))
        .filter(along -> !along.stretches().isEmpty())
        .toList();
  }

  /// What is measured of a text beside its scores.
  public MeasuredCurve curve(TextScores text) {
    return curves.getOrDefault(text.item().id(), MeasuredCurve.NONE);
  }

  /// Where an outcome is foretold: at each cut of a measured curve, else at some tokens of texts
  /// whose own outcome is known. Benign texts are none of these.
  private List<Foretold.Place> places() {
    List<Foretold.Place> places = new ArrayList<>();
    for (TextScores text : texts) {
      if (!text.item().task().equals(RatioStudy.BENIGN)) {
        MeasuredCurve curve = curve(text);
        if (curve.curve().points().isEmpty()) {
          outcome(text, curve.exact()).ifPresent(came -> places.addAll(each(text, came)));
        } else {
          for (Curve.Point point : curve.curve().points()) {
            if (point.position() <= text.length() && point.proportion().known()) {
              places.add(place(text, point.position(), point.proportion()));
            }
          }
        }
      }
    }
    return places;
  }

  private List<Foretold.Place> each(TextScores text, Proportion came) {
    return KEPT.stream()
        .filter(kept -> kept <= text.length())
        .map(kept -> place(text, kept, came))
        .toList();
  }

  private Foretold.Place place(TextScores text, int kept, Proportion came) {
    Double exact = curve(text).exact().get(kept);
    return new Foretold.Place(
        request(text.item()),
        text,
        kept,
        came,
        exact == null ? OptionalDouble.empty() : OptionalDouble.of(exact));
  }

  /// What became of a text: as it was recorded, or as its exact probability at its end says.
  private Optional<Proportion> outcome(TextScores text, SortedMap<Integer, Double> exact) {
    Optional<Boolean> recorded =
        text.item().answer().map(outcome -> settings.follow().equals(Optional.of(outcome)));
    Double end = exact.get(text.length());
    Optional<Boolean> known = end == null ? Optional.empty() : Optional.of(end > .5);
    return recorded.or(() -> known).map(yes -> new Proportion(yes ? 1 : 0, 1));
  }

  /// A request has an item in each family: `family/request`.
  private static String request(Problem item) {
    int slash = item.id().indexOf('/');
    return slash < 0 ? item.id() : item.id().substring(slash + 1);
  }

  @Override
  public String table(Optional<Integer> problems) {
    return RatioTable.of(heading(), view, problems.orElse(0));
  }

  @Override
  public String page(int problems) {
    return RatioPage.of(heading(), view, pictures());
  }

  /// What the page says, as elements of another page.
  String sections() {
    return RatioPage.sections(view, pictures());
  }

  private List<RatioPage.Figure> pictures() {
    RatioFigures.Of drawn = drawn();
    List<RatioPage.Figure> figures = new ArrayList<>();
    RatioFigures.roc(drawn, 1).ifPresent(f -> figures.add(shown(RatioPage.About.ROC, f)));
    RatioFigures.divergence(drawn, 1)
        .ifPresent(f -> figures.add(shown(RatioPage.About.DIVERGENCE, f)));
    RatioFigures.curves(drawn, 1).ifPresent(f -> figures.add(shown(RatioPage.About.CURVES, f)));
    return figures;
  }

  private static RatioPage.Figure shown(RatioPage.About about, Figure figure) {
    return new RatioPage.Figure(about, Svg.element(figure.drawing(), figure.name()));
  }

  private Heading heading() {
    Heading heading = Headings.of(run);
    return redaction == Redaction.BLURRED ? heading.plus(List.of(Redaction.NOTE)) : heading;
  }

  /// The figures.
  ///
  /// @param number of the run, from 1, for the names of its files
  public List<Figure> figures(int number) {
    RatioFigures.Of drawn = drawn();
    List<Figure> figures = new ArrayList<>();
    RatioFigures.roc(drawn, number).ifPresent(figures::add);
    RatioFigures.divergence(drawn, number).ifPresent(figures::add);
    RatioFigures.curves(drawn, number).ifPresent(figures::add);
    return figures;
  }

  private RatioFigures.Of drawn() {
    List<RatioFigures.Along> along =
        view.along().texts().stream()
            .map(
                each ->
                    new RatioFigures.Along(
                        each, tokens.getOrDefault(each.text().item().id(), List.of())))
            .toList();
    return new RatioFigures.Of(
        TerminalText.line(String.valueOf(run.folder().getFileName())),
        TerminalText.line(run.manifest().items().source()),
        view.study(),
        along);
  }

  /// What is known of the run, for tables.
  public RatioView view() {
    return view;
  }

  /// The tokens of a text's response, as they are written.
  public List<String> written(TextScores text) {
    return tokens.getOrDefault(text.item().id(), List.of());
  }

  @Override
  public String theory(double epsilon) {
    throw new UserError(
        "cw theory is for what a model wrote, and "
            + run.folder()
            + " is a run of likelihood ratios",
        "see it with: cw show " + run.folder());
  }

  @Override
  public Faults faults() {
    return new Faults();
  }
}
