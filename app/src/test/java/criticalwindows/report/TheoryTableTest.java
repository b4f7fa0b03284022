package criticalwindows.report;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.cot.StudyTheory;
import criticalwindows.cot.StudyTheory.Classes;
import criticalwindows.cot.StudyTheory.Distances;
import criticalwindows.cot.StudyTheory.Level;
import criticalwindows.stats.Interval;
import criticalwindows.stats.ProblemMean;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TheoryTableTest {
  private static final ProblemMean SURE = ProblemMean.ofValues(List.of(1.0, 1.0, 1.0, 1.0, 1.0));

  @Test
  void withoutACutThatKeepsNothingItCannotTell() {
    Level late = new Level(.85, SURE, Optional.empty());
    String text = TheoryTable.study("run", new StudyTheory(.1, 5, Optional.empty(), List.of(late)));
    assertThat(text)
        .contains("cannot tell, as no cut keeps nothing; run with --cuts 0,…")
        .contains("T_before (the class is still like everything): certain at no cut")
        .doesNotContain("at most", "not before");
    assertThat(text.lines().filter(line -> line.startsWith("  0.85")))
        .singleElement()
        .satisfies(line -> assertThat(line.split("cannot tell", -1)).hasSize(4));
  }

  @Test
  void ofProblemsWithCutsOfTheirOwnItSaysNothing() {
    String text = TheoryTable.study("run", new StudyTheory(.1, 5, Optional.empty(), List.of()));
    assertThat(text)
        .contains(
            "nothing to say: means over problems need the same cuts in each; run with --cuts 0,")
        .doesNotContain("T_start");
  }

  @Test
  void withOneItGivesTheBoundsOnceAndTheDistancesAtEachCut() {
    Classes classes = new Classes(SURE, new Interval(.1, .3), new Interval(.01, .2), 2);
    Level begin = new Level(0, SURE, Optional.of(new Distances(new Interval(0, 0), 0)));
    Level late = new Level(.9, SURE, Optional.of(new Distances(new Interval(.2, .9), .45)));
    String text =
        TheoryTable.study(
            "run", new StudyTheory(.1, 5, Optional.of(classes), List.of(begin, late)));
    assertThat(text)
        .contains("Theorem 2's bound on the distance: [0.10, 0.30]; the sharper one: [0.01, 0.20]")
        .contains("vacuous, or it cannot be told, for 2 problems")
        .contains("[0.20, 0.90]")
        .contains("at most 0.45")
        .contains("not before 0");
  }
}
