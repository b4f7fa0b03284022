package criticalwindows.foresight;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.figure.Figure;
import criticalwindows.study.Design;
import criticalwindows.study.Measured;
import criticalwindows.study.Pages;
import criticalwindows.study.Report;
import criticalwindows.study.Results;
import criticalwindows.study.StudyCell;
import criticalwindows.study.TrainingStudy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ForesightReportTest {
  private static final TrainingStudy STUDY = new ForesightStudy();
  private static final TrainingStudy.Size SIZE = TrainingStudy.Size.PUBLISHED;
  private static final int ITEMS = 12;

  @Test
  void whatIsFoundIsSaidFirstWhateverComesOut() {
    assertThat(report(Map.of("foresight", -.2)).finding())
        .startsWith("A small LoRA that was taught counts of continuations as letters foretells")
        .contains("`foresight` foretells better than `placebo`")
        .contains("Not told apart: ", "`head` and `early`");
    assertThat(report(Map.of("foresight", .2, "head", -.2)).finding())
        .startsWith("Teaching did not help: ")
        .contains("`foresight` foretells worse than `head`");
    assertThat(report(Map.of()).finding()).startsWith("No gain from teaching is told: ");
  }

  @Test
  void armsThatAreToldFromMartingalesAreNamed() {
    assertThat(report(Map.of()).finding())
        .contains("no arm's drift is told from the 0")
        .contains("the reversal of these is told from the 0 of right forecasts: `verbal` −0.50");
  }

  @Test
  void thePageHasAPlaceForEachTextAndEachFigureIsOnIt() {
    Report report = report(Map.of("foresight", -.2));
    String page = Pages.of(STUDY, report);
    assertThat(page)
        .startsWith("# Foretelling one's own answer\n\nA small LoRA")
        .doesNotContain("{{")
        .contains("| foresight-exact |");
    assertThat(report.figures()).extracting(Figure::name).hasSize(2);
    assertThat(report.figures()).allMatch(figure -> page.contains("(" + figure.name() + ".svg)"));
  }

  /// Each arm has the same values but for noise, and these changes of its excess.
  private static Report report(Map<String, Double> changes) {
    Design design = STUDY.design(SIZE);
    List<StudyCell> cells = new ArrayList<>();
    for (long seed : design.seeds()) {
      for (String arm : design.arms()) {
        SplittableRandom noise = new SplittableRandom(31 * seed + arm.hashCode());
        cells.add(new StudyCell(seed, arm, measured(arm, changes.getOrDefault(arm, 0.0), noise)));
      }
    }
    return STUDY.report(SIZE, new Results(design, cells));
  }

  private static Measured measured(String arm, double change, SplittableRandom noise) {
    Measured.Builder measured = new Measured.Builder();
    for (String fact :
        List.of(
            "examples",
            "tokens",
            "mass",
            "steps",
            "covered",
            "outside",
            "unread",
            "belief",
            "power")) {
      measured.fact(fact, .5);
    }
    List<String> measures =
        new ArrayList<>(
            List.of(
                ForesightMeasures.EXCESS,
                ForesightMeasures.COUNTED,
                ForesightMeasures.BRIER,
                ForesightMeasures.LOG));
    for (int part = 0; part < ForesightMeasures.PARTS; part++) {
      measures.add(ForesightMeasures.excess(part));
    }
    for (int item = 0; item < ITEMS; item++) {
      String id = "item " + item;
      for (String measure : measures) {
        measured.value(measure, id, .4 + change + noise.nextDouble(-.01, .01));
      }
      boolean still = arm.equals("uniform");
      measured.value(ForesightMeasures.DRIFT, id, still ? 0 : noise.nextDouble(-.1, .1));
      double back = arm.equals("verbal") ? -.5 : 0;
      double moved = back + noise.nextDouble(-.01, .01);
      measured.value(ForesightMeasures.REVERSAL, id, still ? 0 : moved);
    }
    return measured.build();
  }
}
