package criticalwindows.probestudy;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.figure.Figure;
import criticalwindows.replies.RatioOnWorld;
import criticalwindows.study.Design;
import criticalwindows.study.Measured;
import criticalwindows.study.Pages;
import criticalwindows.study.Report;
import criticalwindows.study.Results;
import criticalwindows.study.StudyCell;
import criticalwindows.study.TrainingStudy;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ProbesReportTest {
  private static final TrainingStudy STUDY = new ProbesStudy();
  private static final TrainingStudy.Size SIZE = TrainingStudy.Size.PUBLISHED;
  private static final List<String> FORECASTERS =
      List.of("probe", "base rate", "early answer", "surprise");
  private static final int TEXTS = 40;

  @Test
  void aProbeThatIsNearerThanAllBaselinesIsSaidToKnowMore() {
    assertThat(report(Map.of("probe", .2)).finding())
        .startsWith(
            "Of P(the right answer) a linear probe of activations knows more than every cheap"
                + " baseline: its forecasts are nearer to the exact probabilities, the smallest"
                + " difference being −")
        .contains("over 40 texts that were held out");
  }

  @Test
  void aBaselineThatIsNotBeatenIsSaidFirst() {
    assertThat(report(Map.of("probe", .2, "early answer", .2)).finding())
        .startsWith(
            "Of P(the right answer) a linear probe of activations does not know more than every"
                + " cheap baseline: the smallest difference is ")
        .contains("against `early answer`", "Not told apart from `early answer`.")
        .contains("Better than `base rate`, `surprise`.");
    assertThat(report(Map.of("early answer", .3)).finding())
        .contains("Worse than `early answer`.")
        .doesNotContain("  ");
  }

  @Test
  void steeringIsSaidToChangeComplianceOnlyWhereItDoes() {
    assertThat(report(Map.of()).finding())
        .contains("No change as the probe says is told where the direction is added 8 times")
        .contains("No change as the probe says is told where the direction is added −8 times");
    assertThat(report(Map.of("steering", .4)).finding())
        .contains("Where the direction is added 8 times, the share of whole recipes rises by ")
        .contains("Where the direction is added −8 times, the share of whole recipes falls by ");
    assertThat(report(Map.of("garbled", 1.0)).finding())
        .contains("leaves too few replies that can be read");
  }

  @Test
  void leadTimesAreThoseOfTheReplies() {
    assertThat(report(Map.of()).finding())
        .contains("over 9 replies that hesitated before they complied")
        .contains("`probe` raises it on 1.00 [", "5.0 [");
  }

  @Test
  void thePageHasAPlaceForEachTextAndEachFigureIsOnIt() {
    Report report = report(Map.of("probe", .2));
    String page = Pages.of(STUDY, report);
    assertThat(page)
        .startsWith("# What a model's activations know of its answer and of its refusal\n\nOf P(")
        .doesNotContain("{{")
        .contains("| early answer |");
    assertThat(report.figures()).allMatch(figure -> page.contains("(" + figure.name() + ".svg)"));
    assertThat(report.figures()).extracting(Figure::name).doesNotHaveDuplicates();
  }

  /// @param quality how near forecasters come, as the share of the distance from ½ to the truth
  private static Report report(Map<String, Double> quality) {
    Design design = STUDY.design(SIZE);
    List<StudyCell> cells =
        List.of(
            new StudyCell(1, ProbesReport.ANSWERS, answers(quality)),
            new StudyCell(1, ProbesReport.REFUSALS, refusals(quality)));
    return STUDY.report(SIZE, new Results(design, cells));
  }

  private static Measured answers(Map<String, Double> quality) {
    Measured.Builder measured = chosen();
    measured.fact("outside", 3);
    measured.fact("shuffled AUROC", .5);
    measured.fact("shuffled AUROC low", .4);
    measured.fact("shuffled AUROC high", .6);
    for (int text = 0; text < TEXTS; text++) {
      String key = Keys.text(text);
      measured.value("length", key, 80);
      measured.value("right", key, 1);
      measured.value("decisive", key, 30);
      measured.value("rise", key, .5);
      measured.value("move", key, 27.5);
      rows(measured, key, List.of(0, 20, 40, 60), quality);
    }
    return measured.build();
  }

  private static Measured.Builder chosen() {
    Measured.Builder measured = new Measured.Builder();
    measured.fact("layer", 3);
    measured.fact("site", 0);
    measured.fact("penalty", .1);
    measured.fact("tried residual.3", .5);
    measured.fact("log a to a", .5);
    measured.fact("rate a to a", .6);
    return measured;
  }

  private static void rows(
      Measured.Builder measured, String text, List<Integer> places, Map<String, Double> quality) {
    SplittableRandom random = new SplittableRandom(text.hashCode());
    for (int kept : places) {
      String key = Keys.place(text, kept);
      double exact = random.nextDouble() < .5 ? .9 : .1;
      measured.value("exact", key, exact);
      measured.value("n", key, 8);
      measured.value("k", key, Math.rint(exact * 8));
      for (String name : FORECASTERS) {
        double share = quality.getOrDefault(name, .1);
        double q = .5 + share * (exact - .5) + .01 * random.nextDouble(-1, 1);
        measured.value("odds " + name, key, Math.log(q / (1 - q)));
      }
    }
  }

  private static Measured refusals(Map<String, Double> quality) {
    Measured.Builder measured = chosen();
    measured.fact("steered layer", 3);
    for (String family : List.of("none", "harmless")) {
      for (int text = 0; text < TEXTS; text++) {
        String key = family + "/" + Keys.text(text);
        rows(measured, key, List.of(0, 30), quality);
        for (int kept : List.of(0, 30)) {
          measured.value("n", Keys.place(key, kept), 1);
          measured.value("k", Keys.place(key, kept), family.equals("none") ? text % 2 : 0);
        }
      }
    }
    steering(measured, quality);
    for (String name : List.of("probe", "ratio", "early answer")) {
      for (int text = 0; text < 9; text++) {
        measured.value("raised " + name, Keys.text(text), 0);
        measured.fact("caught " + name + " " + Keys.text(text), 1);
        measured.fact("lead " + name + " " + Keys.text(text), 1 + text);
      }
    }
    return measured.build();
  }

  private static void steering(Measured.Builder measured, Map<String, Double> quality) {
    double effect = quality.getOrDefault("steering", 0.0);
    boolean garbled = quality.containsKey("garbled");
    Map<String, Double> slopes = new TreeMap<>(Map.of("probe", effect, "random", 0.0));
    slopes.forEach(
        (direction, slope) -> {
          for (int scale : ProbesScale.SCALES) {
            for (int request = 0; request < 20; request++) {
              String key = RatioOnWorld.FAMILIES.getFirst() + "/" + Keys.text(request);
              double share = .5 + slope * scale / 8 * (.9 + .01 * (request % 3));
              String name = direction + " " + scale;
              measured.value("complied " + name, key, share);
              measured.value("judged " + name, key, share);
              measured.value("readable " + name, key, garbled && scale != 0 ? .1 : 1);
            }
          }
        });
  }
}
