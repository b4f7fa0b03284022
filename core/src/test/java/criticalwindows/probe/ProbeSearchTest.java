package criticalwindows.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.error.UserError;
import criticalwindows.probe.PlantedTexts.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProbeSearchTest {
  private static final List<Double> PENALTIES = List.of(1.0, .1, .01, .001);

  private static ProbeSearch search(Folds folds) {
    return search(folds, PENALTIES);
  }

  private static ProbeSearch search(Folds folds, List<Double> penalties) {
    return new ProbeSearch(new LoopFitter(), new ProbeSearch.Settings(penalties, 2, folds));
  }

  private static double log(List<ProbeRow> rows, double[][] forecasts) {
    HeldOutForecasts held = new HeldOutForecasts("probe", rows, forecasts);
    return IntStream.range(0, rows.size()).mapToDouble(held::log).average().orElseThrow();
  }

  /// 200 items of 8 places with 8 continuations each: of 16 weights each is known to about ±.06.
  @Test
  void aPlantedDirectionIsFound() {
    PlantedTexts texts = new PlantedTexts(new Shape(200, 7, 16, 1.5, 8), 1);
    ProbeInput input = texts.input();
    Folds folds = Folds.draw(input.rows(), Folds.By.ITEM, 5, 1);
    List<Evidence> evidence = input.evidence(ProbeKinds.named("logistic"));
    ProbeSearch search = search(folds);
    ProbeSearch.Found found = search.run(input.rows(), evidence);
    assertThat(found.best().evidence()).isEqualTo(1);
    ProbeNumbers numbers = search.refit(input.rows(), evidence, found.best());
    assertThat(texts.cosine(numbers.direction(0))).isGreaterThan(.99);
    double[][] exact =
        texts.exact().stream().map(p -> new double[] {p, 1 - p}).toArray(double[][]::new);
    double least = log(input.rows(), exact);
    assertThat(log(input.rows(), found.forecasts())).isBetween(least, least + .01);
    assertThat(Math.log(2) - least).isGreaterThan(.1);
  }

  @Test
  void fromNothingNothingIsForetold() {
    ProbeInput input = new PlantedTexts(new Shape(100, 4, 16, 0, 4), 2).input();
    Folds folds = Folds.draw(input.rows(), Folds.By.ITEM, 5, 1);
    ProbeSearch.Found found =
        search(folds).run(input.rows(), input.evidence(ProbeKinds.named("logistic")));
    assertThat(log(input.rows(), found.forecasts())).isBetween(Math.log(2) - .002, .74);
    assertThat(found.best().penalty()).isEqualTo(1);
  }

  /// Vectors that say nothing but which item a token is of, and a label for each item.
  @Test
  void foldsByItemLeakNothingAndFoldsByTokenWould() {
    RandomGenerator random = new SplittableRandom(3);
    List<ProbeRow> rows = new ArrayList<>();
    float[][] vectors = new float[40 * 10][16];
    for (int item = 0; item < 40; item++) {
      float[] own = new float[16];
      for (int i = 0; i < 16; i++) {
        own[i] = (float) random.nextGaussian();
      }
      Target label = Target.label(random.nextInt(2), 2);
      for (int kept = 0; kept < 10; kept++) {
        int place = rows.size();
        for (int i = 0; i < 16; i++) {
          vectors[place][i] = own[i] + .1f * (float) random.nextGaussian();
        }
        rows.add(new ProbeRow(place, "item " + item, "all", "text " + item, kept, 10, label));
      }
    }
    List<Evidence.Span> spans =
        IntStream.range(0, rows.size()).mapToObj(i -> new Evidence.Span(i, i)).toList();
    List<Evidence> evidence =
        List.of(new Evidence("all", ProbeKinds.named("logistic"), () -> vectors, spans));
    Folds byItem = Folds.draw(rows, Folds.By.ITEM, 5, 1);
    Folds byToken = new Folds(IntStream.range(0, rows.size()).mapToObj(i -> i % 5).toList(), 5);
    double honest = log(rows, search(byItem).run(rows, evidence).forecasts());
    double leaked = log(rows, search(byToken).run(rows, evidence).forecasts());
    assertThat(leaked).isLessThan(.5);
    assertThat(honest).isGreaterThan(.65);
  }

  @Test
  void rowsOfAnItemOrAGroupStayTogether() {
    List<ProbeRow> rows = new PlantedTexts(new Shape(20, 3, 2, 1, 1), 1).input().rows();
    Folds items = Folds.draw(rows, Folds.By.ITEM, 5, 1);
    Folds groups = Folds.draw(rows, Folds.By.GROUP, 5, 1);
    assertThat(items.count()).isEqualTo(5);
    assertThat(groups.count()).isEqualTo(3);
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i).item().equals(rows.get(i - 1).item())) {
        assertThat(items.of().get(i)).isEqualTo(items.of().get(i - 1));
      }
      int same = i;
      IntStream.range(0, i)
          .filter(j -> rows.get(j).group().equals(rows.get(same).group()))
          .forEach(j -> assertThat(groups.of().get(j)).isEqualTo(groups.of().get(same)));
    }
    assertThat(items.of()).contains(0, 1, 2, 3, 4);
    assertThat(Folds.draw(rows, Folds.By.ITEM, 5, 1)).isEqualTo(items);
    assertThatThrownBy(() -> Folds.draw(rows.subList(0, 3), Folds.By.GROUP, 5, 1))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.hint()).isEqualTo("take --folds item"))
        .hasMessage("all rows are of one group, and nothing can be held out");
  }

  /// The largest score of any token says the outcome: the kind that goes by it does best.
  @Test
  void aProbeOfAllTokensFindsWhatOneTokenDoesNotShow() {
    PlantedTexts texts = new PlantedTexts(new Shape(150, 5, 4, 2, 8), 5);
    ProbeInput input = texts.input();
    List<ProbeRow> rows = new ArrayList<>();
    for (ProbeRow row : input.rows()) {
      double most = Double.NEGATIVE_INFINITY;
      for (int i = row.place() - row.kept(); i <= row.place(); i++) {
        double p = texts.exact().get(i);
        most = Math.max(most, Math.log(p / (1 - p)));
      }
      double p = 1 / (1 + Math.exp(2 - most));
      rows.add(row.with(Target.exact(p, 1 - p)));
    }
    ProbeInput most = input.with(rows);
    Folds folds = Folds.draw(rows, Folds.By.ITEM, 2, 1);
    ProbeSearch search = search(folds, List.of(.001));
    double last = search.run(rows, evidence(most, "logistic")).best().log();
    double max = search.run(rows, evidence(most, "max")).best().log();
    double attention = search.run(rows, evidence(most, "attention")).best().log();
    double least =
        new ForecastScore(
                new HeldOutForecasts(
                    "exact",
                    rows,
                    rows.stream()
                        .map(row -> new double[] {row.target().share(0), row.target().share(1)})
                        .toArray(double[][]::new)),
                IntStream.range(0, rows.size()).toArray())
            .noise()
            .log()
            .orElseThrow();
    assertThat(max).isCloseTo(least, within(.004));
    assertThat(attention).isLessThan(last - .01);
    assertThat(last).isGreaterThan(least + .03);
  }

  private static List<Evidence> evidence(ProbeInput input, String kind) {
    return List.of(input.evidence(ProbeKinds.named(kind)).getLast());
  }
}
