package criticalwindows.show;

import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.model.Prediction;
import criticalwindows.rollout.Ledger;
import criticalwindows.rollout.OwnText;
import criticalwindows.rollout.Predicted;
import criticalwindows.rollout.Sample;
import criticalwindows.view.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether texts that were given are such as the run's model writes itself.
final class OffPolicy {
  private static final int TOGETHER = 256;

  private OffPolicy() {}

  /// A line for people where some are not, and where nobody can tell.
  ///
  /// @param problems of which the given ones count
  static List<String> warnings(Ledger ledger, List<Problem> problems) {
    List<Problem> given =
        problems.stream()
            .filter(problem -> problem.given().flatMap(GivenText::response).isPresent())
            .toList();
    List<OwnText> known = new ArrayList<>();
    int unknown = 0;
    for (int from = 0; from < given.size(); from += TOGETHER) {
      List<Problem> some = given.subList(from, Math.min(given.size(), from + TOGETHER));
      for (Sample original : ledger.originals(some).values()) {
        Optional<OwnText> own = own(original);
        own.ifPresent(known::add);
        unknown += own.isPresent() ? 0 : 1;
      }
    }
    List<String> lines = new ArrayList<>();
    List<OwnText> others = known.stream().filter(OwnText::offPolicy).toList();
    if (!others.isEmpty()) {
      lines.add(
          "off-policy: "
              + Numbers.count(others.size())
              + " of "
              + Numbers.count(known.size())
              + " given responses are not such as this model writes at this sampling; perplexity "
              + perplexities(others)
              + " there. Windows are where this model would decide, given those beginnings");
    }
    if (unknown > 0) {
      lines.add(
          "whether "
              + Numbers.count(unknown)
              + " given responses are this model's own is not known: the server does not give whole"
              + " distributions");
    }
    return lines;
  }

  /// What the predictions of a response say; absent where there are none.
  static Optional<OwnText> own(Sample original) {
    List<Prediction> predictions =
        original.predictions().stream().map(Predicted::prediction).toList();
    return predictions.isEmpty()
        ? Optional.empty()
        : Optional.of(OwnText.of(predictions, original.logProbs()));
  }

  private static String perplexities(List<OwnText> texts) {
    double least = texts.stream().mapToDouble(OwnText::perplexity).min().orElseThrow();
    double most = texts.stream().mapToDouble(OwnText::perplexity).max().orElseThrow();
    String from = Numbers.times(least);
    String to = Numbers.times(most);
    return from.equals(to) ? from : from + " to " + to;
  }
}
