package criticalwindows.report;

import criticalwindows.ratio.AlongCurves;
import criticalwindows.ratio.Foretold;
import criticalwindows.ratio.RatioStudy;
import criticalwindows.ratio.TextScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A run of likelihood ratios as it is shown.
///
/// @param texts those that both models have scored
/// @param missing texts that they have not
/// @param study how well scores tell families from benign texts
/// @param follow the class that scores foretell; absent where none is known
/// @param foretold how well they do; empty where no outcome is known
/// @param along the texts with measured curves
public record RatioView(
    List<TextScores> texts,
    int missing,
    RatioStudy study,
    Optional<String> follow,
    List<Foretold> foretold,
    AlongCurves along) {
  /// Below so many benign texts a rate of false alarms of 1 % is less than one of them.
  private static final int ENOUGH = 100;

  public RatioView {
    texts = List.copyOf(texts);
    foretold = List.copyOf(foretold);
  }

  /// Every family with texts, the benign ones last.
  public List<String> families() {
    List<String> families = new ArrayList<>(study.byFamily().keySet());
    if (!study.benign().isEmpty()) {
      families.add(RatioStudy.BENIGN);
    }
    return families;
  }

  /// What so few benign texts cannot tell; nothing where there are enough, or none.
  Optional<String> fewBenign() {
    int benign = study.benign().size();
    return benign == 0 || benign >= ENOUGH
        ? Optional.empty()
        : Optional.of(
            benign
                + " benign texts tell no rate of false alarms below "
                + String.format(Locale.ROOT, "%.1f", 100.0 / benign)
                + " %; a rate of 1 % takes at least "
                + ENOUGH);
  }
}
