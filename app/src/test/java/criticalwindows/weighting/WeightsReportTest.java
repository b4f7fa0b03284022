package criticalwindows.weighting;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.study.Design;
import criticalwindows.study.Measured;
import criticalwindows.study.Pages;
import criticalwindows.study.Report;
import criticalwindows.study.Results;
import criticalwindows.study.StudyCell;
import criticalwindows.study.TrainingStudy.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The page of the study of weights, from made-up measurements.
class WeightsReportTest {
  private static final WeightsStudy STUDY = new WeightsStudy();
  private static final Design DESIGN = STUDY.design(Size.PUBLISHED);

  /// @param gains of accuracy by arm, 0 where none is named
  private static Results results(Map<String, Double> gains) {
    List<StudyCell> cells = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    for (long seed : DESIGN.seeds()) {
      for (String arm : DESIGN.arms()) {
        Measured.Builder measured = new Measured.Builder();
        for (String fact :
            List.of("responses", "tokens", "mass", "steps", "weighted", "rollouts", "sampled")) {
          measured.fact(fact, 1000);
        }
        for (int i = 0; i < 20; i++) {
          String item = "item " + i;
          double noise = .02 * random.nextGaussian();
          measured.value(
              ResponseMeasures.ACCURACY, item, .6 + noise + gains.getOrDefault(arm, 0.0));
          measured.value(ResponseMeasures.CONSISTENCY, item, .5 + noise);
          measured.value(ResponseMeasures.ENTROPY, item, .04 + noise);
          measured.value(ResponseMeasures.READABLE, item, 1);
          measured.value(ResponseWindows.CLAIMED, item, i % 2);
        }
        measured.value(ResponseWindows.PLACE, "item " + seed + arm, .5);
        cells.add(new StudyCell(seed, arm, measured.build()));
      }
    }
    return new Results(DESIGN, cells);
  }

  @Test
  void whereNoRuleIsBetterThatIsSaidFirst() {
    Report report = STUDY.report(Size.PUBLISHED, results(Map.of("untrained", -.1)));
    assertThat(report.finding())
        .startsWith(
            "Of `window`, `rise`, `curve` and `prob`, no weights raised accuracy more than all of"
                + " their controls")
        .contains("12 of the 12 comparisons cannot be told from chance.")
        .contains("`uniform` has higher accuracy than `untrained`: 0.09");
  }

  @Test
  void aRuleIsBetterWhereItIsAboveEachOfItsControls() {
    Report report =
        STUDY.report(Size.PUBLISHED, results(Map.of("window", .2, "rise", .1, "random", .1)));
    assertThat(report.finding())
        .startsWith("Weights by `window` raised accuracy more than uniform weights")
        .contains("`rise` against `uniform`, 0.")
        .doesNotContain("`rise` against `random`, 0.")
        .contains("Lower accuracy: `curve` against `random`, ")
        .contains("Whether `uniform` and `untrained` differ in accuracy cannot be told: ");
  }

  @Test
  void thePageHasAllThatItsTemplateNames() {
    Report report = STUDY.report(Size.PUBLISHED, results(Map.of()));
    String page = Pages.of(STUDY, report);
    assertThat(page).doesNotContain("{{").contains(report.finding()).contains("| top-entropy |");
    assertThat(report.figures()).singleElement().extracting("name").isEqualTo("weights");
  }

  @Test
  void whatWasNeverMeasuredOfTheSameItemHasNoChange() {
    Report report = STUDY.report(Size.PUBLISHED, results(Map.of()));
    assertThat(report.texts().get("changes")).contains("–");
    assertThat(report.texts().get("windows")).contains("–");
  }

  @Test
  void theSmallSizeHasAPageToo() {
    Design small = STUDY.design(Size.SMALL);
    List<StudyCell> cells =
        results(Map.of()).cells().stream()
            .filter(cell -> small.seeds().contains(cell.seed()))
            .filter(cell -> small.arms().contains(cell.arm()))
            .toList();
    Report report = STUDY.report(Size.SMALL, new Results(small, cells));
    assertThat(report.finding()).startsWith("Of `window`, no weights raised accuracy more");
    assertThat(Pages.of(STUDY, report)).doesNotContain("{{");
  }
}
