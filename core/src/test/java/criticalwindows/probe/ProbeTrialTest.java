package criticalwindows.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import criticalwindows.probe.PlantedTexts.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProbeTrialTest {
  private static final ProbeTrial TRIAL =
      new ProbeTrial(
          new LoopFitter(),
          new ProbeTrial.Plan(
              ProbeKinds.named("logistic"), Folds.By.ITEM, 3, List.of(1.0, .1, .01), 1));

  private final PlantedTexts texts = new PlantedTexts(new Shape(90, 3, 8, 2, 6), 1);

  private static double skill(ForecastTable table, String name) {
    return table.lines().stream()
        .filter(line -> line.forecaster().equals(name) && line.part() == WindowPart.ALL)
        .findFirst()
        .orElseThrow()
        .measure(ForecastMeasure.SKILL)
        .orElseThrow()
        .estimate();
  }

  @Test
  void theProbeIsJudgedBesideWhatIsCheapAndBesideChance() {
    ProbeInput input = texts.input();
    List<Double> early = texts.exact();
    List<Double> noise = new ArrayList<>(early);
    java.util.Collections.rotate(noise, 200);
    ProbeInput known =
        new ProbeInput(
            texts,
            input.classes(),
            input.rows(),
            input.responses(),
            Map.of("early-answer", early, "entropy-mean", noise));
    ProbeTrial.Outcome outcome = TRIAL.run(known);
    assertThat(outcome.held())
        .extracting(HeldOutForecasts::name)
        .containsExactly(
            "probe",
            "base rate",
            "position",
            "item's prior",
            "early answer",
            "surprise",
            "bag of words",
            "first token",
            "probe, shuffled");
    assertThat(outcome.probe().hooks()).containsExactly(PlantedTexts.PLANTED);
    assertThat(texts.cosine(outcome.probe().numbers().direction(0))).isGreaterThan(.97);
    ForecastTable table = outcome.table(Map.of());
    assertThat(skill(table, "probe")).isGreaterThan(.2);
    assertThat(skill(table, "early answer")).isGreaterThan(.2);
    for (String name : List.of("base rate", "position", "surprise", "probe, shuffled")) {
      assertThat(skill(table, name)).as(name).isLessThan(.03);
    }
    assertThat(table.differences())
        .filteredOn(each -> each.measure() == ForecastMeasure.LOG)
        .hasSize(7)
        .filteredOn(each -> !each.other().equals("early answer"))
        .allSatisfy(each -> assertThat(each.adjusted()).isLessThan(1e-4))
        .allSatisfy(each -> assertThat(each.value().interval().high()).isNegative());
  }

  @Test
  void whatIsNotGivenIsNoForecast() {
    ProbeInput input = texts.input();
    ProbeInput bare = new ProbeInput(texts, input.classes(), input.rows(), Map.of(), Map.of());
    assertThat(CheapForecasts.ALL.stream().filter(cheap -> !cheap.evidence(bare).isEmpty()))
        .extracting(CheapForecast::name)
        .containsExactly("base rate", "position", "item's prior", "first token");
  }

  /// With nothing kept the prior is the place's own outcome.
  @Test
  void aPlaceDoesNotSeeItsOwnOutcomeAsAPrior() {
    ProbeInput input = texts.input();
    float[][] vectors = new ItemPrior().evidence(input).getFirst().vectors().get();
    for (int i = 0; i < vectors.length; i++) {
      boolean begun = input.rows().get(i).kept() > 0;
      assertThat(vectors[i][0]).isEqualTo(begun ? 1f : 0f);
      assertThat(vectors[i][1] == 0 || begun).isTrue();
    }
  }

  @Test
  void shuffledTargetsBelongToOtherItems() {
    List<ProbeRow> rows = texts.input().rows();
    List<ProbeRow> shuffled = ShuffledTargets.of(rows, 1);
    for (int i = 0; i < rows.size(); i++) {
      String item = rows.get(i).item();
      assertThat(shuffled.get(i).item()).isEqualTo(item);
      Target now = shuffled.get(i).target();
      assertThat(rows.stream().filter(row -> row.item().equals(item)))
          .noneMatch(row -> row.target() == now);
    }
  }

  @Test
  void whatHoldsInOneGroupHoldsInAnother() {
    List<Transfer> transfers = TRIAL.transfer(texts.input(), PlantedTexts.PLANTED);
    assertThat(transfers).hasSize(9);
    assertThat(transfers)
        .allSatisfy(
            each -> {
              assertThat(each.area().orElseThrow().estimate()).isGreaterThan(.7);
              assertThat(each.log().estimate()).isLessThan(each.rate());
              assertThat(each.items()).isEqualTo(30);
            });
  }

  @Test
  void aProbeOfEveryTokenNeedsEveryToken() {
    ProbeInput input = texts.input();
    List<ProbeRow> rows = input.rows();
    // The place of kept = 3 is said to be of kept = 4, as if one were missing between.
    List<ProbeRow> gap =
        IntStream.range(0, rows.size())
            .mapToObj(rows::get)
            .filter(row -> row.kept() == 3)
            .map(
                row ->
                    new ProbeRow(
                        row.place(), row.item(), row.group(), row.text(), 4, 4, row.target()))
            .toList();
    assertThatThrownBy(() -> input.with(gap).evidence(ProbeKinds.named("attention")))
        .isInstanceOf(UserError.class)
        .hasMessage("text text 0 was not read at every token from its prompt's last one");
  }
}
