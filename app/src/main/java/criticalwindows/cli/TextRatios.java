package criticalwindows.cli;

import criticalwindows.cot.CotFinding;
import criticalwindows.dataset.GivenText;
import criticalwindows.error.UserError;
import criticalwindows.model.Tokens;
import criticalwindows.ratio.RatioStudy;
import criticalwindows.ratio.TextScores;
import criticalwindows.run.Experiments;
import criticalwindows.show.RatioReports;
import criticalwindows.store.RunFolder;
import criticalwindows.weight.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// The likelihood ratios of a run's responses, where a rule goes by them.
final class TextRatios {
  /// The rule that goes by them.
  static final String RULE = "ratio";

  private final Map<String, TextScores> byItem = new HashMap<>();

  private TextRatios(List<TextScores> texts) {
    texts.forEach(text -> byItem.put(text.item().id(), text));
  }

  /// Those of a run that is named, or lies in the run's own folder.
  static TextRatios of(Rule rule, Optional<Path> named, RunFolder run) {
    Path folder = named.orElse(run.folder().resolve(RULE));
    boolean wanted = rule.name().equals(RULE);
    if (!wanted || (named.isEmpty() && !Files.exists(folder.resolve("run.json")))) {
      return new TextRatios(List.of());
    }
    try (RunFolder ratios = RunFolder.open(folder)) {
      if (!Experiments.isRatio(ratios)) {
        throw new UserError(
            "--ratio " + folder + " is no run of likelihood ratios",
            "name one that cw run ratio has made");
      }
      return new TextRatios(RatioReports.of(ratios).view().texts());
    }
  }

  /// Of each token of a response; none where they are not known.
  ///
  /// @throws UserError if they are of another response
  List<Double> of(CotFinding finding) {
    String id = finding.problem().id();
    TextScores scores = byItem.getOrDefault(id, byItem.get(RatioStudy.BENIGN + ":" + id));
    if (scores == null) {
      return List.of();
    }
    Tokens own = finding.original().tokens();
    Tokens scored = scores.item().given().flatMap(GivenText::response).orElse(Tokens.none());
    int begun = scored.size() - own.size();
    if (begun < 0 || !scored.slice(begun, scored.size()).equals(own)) {
      throw new UserError(
          "the likelihood ratios of " + id + " are of another response",
          "measure those of this run: cw run ratio RUN --aligned M --unaligned M");
    }
    return IntStream.range(begun, scored.size()).mapToObj(scores::ratio).toList();
  }
}
