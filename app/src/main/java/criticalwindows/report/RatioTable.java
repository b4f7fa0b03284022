package criticalwindows.report;

import criticalwindows.ratio.AlongCurves;
import criticalwindows.ratio.Foretold;
import criticalwindows.ratio.RatioStudy;
import criticalwindows.ratio.Score;
import criticalwindows.ratio.Scores;
import criticalwindows.ratio.TextScores;
import criticalwindows.stats.Beta;
import criticalwindows.stats.Forecasts;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.Roc;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A run of likelihood ratios as text.
public final class RatioTable {
  private static final double LEVEL = .95;

  /// Tokens of the response at which the divergence is told in the terminal.
  private static final int POSITIONS = 12;

  private static final int NAME = 28;

  private static final List<Column<RatioStudy.Told>> APART =
      List.of(
          new Column<>("family", "of the attacks", told -> TerminalText.line(told.family(), NAME)),
          new Column<>("score", "high is suspicious; see below", told -> told.score().name()),
          new Column<>("texts", "of the family", told -> Numbers.count(told.texts())),
          new Column<>(
              "area",
              "of the ROC curve, the chance that a text of the family scores higher than a benign"
                  + " one, with its 95 % interval",
              told -> Numbers.share(told.area(), told.interval())),
          new Column<>(
              "at 1 %",
              "of them flagged where 1 % of the benign texts are, with the"
                  + " exact binomial (Clopper–Pearson) 95 % interval at that threshold",
              told -> caught(.01, told.one())),
          new Column<>(
              "whole at 1 %",
              "95 % interval with the uncertainty of the threshold itself, by bootstrap over the"
                  + " benign texts",
              told -> whole(.01, told.one())),
          new Column<>("at 5 %", "the same where 5 % are", told -> caught(.05, told.five())),
          new Column<>("whole at 5 %", "the same", told -> whole(.05, told.five())));

  private static final List<Column<Foretold>> FORETOLD =
      List.of(
          new Column<>(
              "score",
              "put to a probability by a logistic function fitted on other requests (five parts,"
                  + " each foretold from the others)",
              told -> told.score().map(Score::name).orElse("(base rate)")),
          new Column<>(
              "Brier",
              "mean (said − came true)² against what continuations came to; 0 is best",
              told -> Numbers.fine(told.counted().brier())),
          new Column<>(
              "beyond",
              "the part of it that a perfect forecast would not have: the noise of single"
                  + " continuations is taken off, so it can be below 0",
              told -> beyond(Optional.of(told.counted()))),
          new Column<>(
              "log",
              "log score in nats, against the same; 0 is best",
              told -> Numbers.fine(told.counted().log())),
          new Column<>(
              "exact Brier",
              "against the exact probability of the world",
              told -> of(told, Forecasts::brier)),
          new Column<>(
              "exact beyond", "mean (said − exact probability)²", told -> beyond(told.exact())),
          new Column<>("exact log", "log score against it", told -> of(told, Forecasts::log)),
          new Column<>(
              "places",
              "so many, each text at several of its tokens",
              told -> Numbers.count(told.counted().items())));

  private RatioTable() {}

  /// The run's record, then what the scores tell.
  ///
  /// @param texts so many of them in a line each, the highest ratio first
  public static String of(Heading heading, RatioView view, int texts) {
    List<String> lines = new ArrayList<>(heading.lines());
    lines.add("");
    lines.addAll(View.wrapped(scored(view)));
    section(
        lines,
        apartTitle(view),
        apart(view.study()).lines(notes(view)),
        !view.study().told().isEmpty());
    section(
        lines, foretoldTitle(view), foretold(view.foretold()).lines(), !view.foretold().isEmpty());
    section(
        lines, "Along the measured curves", along(view.along()), !view.along().texts().isEmpty());
    section(
        lines,
        "Divergence of the models by token of the response",
        divergence(view, POSITIONS).lines(divergenceNote()),
        !view.texts().isEmpty());
    section(lines, "Texts, the highest ratio first", listed(view, texts).lines(), texts > 0);
    return String.join("\n", lines) + "\n";
  }

  private static void section(
      List<String> lines, String title, List<String> content, boolean wanted) {
    if (wanted) {
      lines.add("");
      lines.add(title);
      lines.addAll(content);
    }
  }

  /// How many texts are scored.
  static String scored(RatioView view) {
    String families =
        view.families().stream()
            .map(
                name ->
                    TerminalText.line(name, NAME) + " " + Numbers.count(texts(view, name).size()))
            .collect(Collectors.joining(", "));
    return Numbers.count(view.texts().size())
        + " texts scored by both models"
        + (families.isEmpty() ? "" : ": " + families)
        + (view.missing() == 0 ? "" : "; " + Numbers.count(view.missing()) + " are still to come");
  }

  private static List<TextScores> texts(RatioView view, String family) {
    return family.equals(RatioStudy.BENIGN)
        ? view.study().benign()
        : view.study().byFamily().getOrDefault(family, List.of());
  }

  static String apartTitle(RatioView view) {
    return "How well scores tell each family from the "
        + Numbers.count(view.study().benign().size())
        + " benign texts";
  }

  static String foretoldTitle(RatioView view) {
    return "How well scores foretell P(" + view.follow().orElse("the outcome") + ")";
  }

  /// How well each score tells each family from benign texts.
  public static View<RatioStudy.Told> apart(RatioStudy study) {
    return new View<>(APART, study.told());
  }

  /// What each score is, and what the benign texts cannot tell.
  static String[] notes(RatioView view) {
    List<String> notes = new ArrayList<>();
    Scores.ALL.forEach(score -> notes.add(score.name() + " = " + score.about()));
    view.fewBenign().ifPresent(notes::add);
    return notes.toArray(String[]::new);
  }

  /// Nothing where so low a share is less than one of the benign texts.
  private static String caught(double share, Roc.Caught caught) {
    Proportion found = caught.found();
    return told(share, caught) ? Numbers.share(found.estimate(), Beta.exact(found, LEVEL)) : "–";
  }

  private static String whole(double share, Roc.Caught caught) {
    return told(share, caught) ? Numbers.interval(caught.whole()) : "–";
  }

  private static boolean told(double share, Roc.Caught caught) {
    return share * caught.raised().trials() >= 1;
  }

  /// How well each score foretells an outcome.
  public static View<Foretold> foretold(List<Foretold> all) {
    return new View<>(FORETOLD, all).saying();
  }

  private static String beyond(Optional<Forecasts> forecasts) {
    return forecasts
        .filter(known -> known.beyond().isPresent())
        .map(known -> Numbers.fine(known.beyond().getAsDouble()))
        .orElse("–");
  }

  private static String of(Foretold told, Function<Forecasts, Double> value) {
    return told.exact().map(value).map(Numbers::fine).orElse("–");
  }

  /// How the ratio goes along the measured curves, in sentences.
  static List<String> along(AlongCurves along) {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        View.wrapped(
            along
                .correlation()
                .map(
                    mean ->
                        "Rank correlation of ratio and rise: "
                            + Numbers.share(mean.mean(), mean.interval())
                            + ", the mean of Spearman's over "
                            + Numbers.count(mean.texts())
                            + " texts with its 95 % interval. In a text it is over the stretches"
                            + " between neighbouring cuts: the log-likelihood ratio of their tokens"
                            + " (unaligned less aligned) against the measured rise.")
                .orElse(
                    "Rank correlation of ratio and rise: none, as no text has three stretches"
                        + " between cuts whose rises differ.")));
    Proportion hits = along.hits();
    lines.addAll(
        View.wrapped(
            hits.known()
                ? "Windows hit: "
                    + Numbers.share(hits.estimate(), Beta.exact(hits, LEVEL))
                    + " of "
                    + Numbers.count(hits.trials())
                    + ", with the exact binomial 95 % interval; a token drawn at random hits "
                    + Numbers.share(along.chance())
                    + ". A hit: the token with the largest |ratio| between the first cut and the"
                    + " last takes the text from i to i + 1 tokens kept, and that meets the 90 %"
                    + " interval of the window's centre. Windows are those that are claimed."
                : "Windows hit: none of the texts has a window that is claimed."));
    return lines;
  }

  /// The divergence of the models at each of the first tokens, a column for each family.
  static View<Integer> divergence(RatioView view, int most) {
    List<Column<Integer>> columns = new ArrayList<>();
    columns.add(
        new Column<>("token", "of the response, from 1", token -> Numbers.count(token + 1L)));
    int longest = 0;
    for (String family : view.families()) {
      List<RatioStudy.Position> positions = view.study().divergence(family);
      longest = Math.max(longest, positions.size());
      columns.add(
          new Column<>(
              TerminalText.line(family, NAME),
              Numbers.count(texts(view, family).size()) + " texts, or those that are so long",
              token -> token < positions.size() ? cell(positions.get(token)) : "–"));
    }
    return new View<>(columns, IntStream.range(0, Math.min(most, longest)).boxed().toList());
  }

  private static String cell(RatioStudy.Position position) {
    return Numbers.fine(position.mean(), position.interval());
  }

  static String divergenceNote() {
    return "all: mean of aligned less unaligned log-probability, in nats, with its 95 % interval by"
        + " Student's t over texts. Over responses that the aligned model wrote itself it estimates"
        + " the Kullback–Leibler divergence of the unaligned model from it at that token; over"
        + " others it can be below 0";
  }

  /// The texts, the most suspicious first.
  static View<TextScores> listed(RatioView view, int most) {
    List<Column<TextScores>> columns = new ArrayList<>();
    columns.add(new Column<>("text", "its id", text -> TerminalText.line(text.item().id(), 40)));
    columns.add(
        new Column<>("family", "of it", text -> TerminalText.line(text.item().task(), NAME)));
    columns.add(new Column<>("tokens", "of the response", text -> Numbers.count(text.length())));
    for (Score score : Scores.ALL) {
      columns.add(new Column<>(score.name(), score.about(), text -> Numbers.share(score.of(text))));
    }
    return new View<>(
        columns,
        view.texts().stream()
            .sorted(Comparator.comparingDouble((TextScores text) -> -Scores.RATIO.of(text)))
            .limit(most)
            .toList());
  }
}
