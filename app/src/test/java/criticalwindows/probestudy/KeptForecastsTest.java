package criticalwindows.probestudy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Site;
import criticalwindows.model.Tokens;
import criticalwindows.probe.FittedProbe;
import criticalwindows.probe.ProbeInput;
import criticalwindows.probe.ProbeKinds;
import criticalwindows.probe.ProbeNumbers;
import criticalwindows.probe.ProbeRow;
import criticalwindows.probe.Standard;
import criticalwindows.probe.Target;
import criticalwindows.study.Measured;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class KeptForecastsTest {
  /// Two texts, one with two places.
  private static final Measured CELL = cell();

  private static Measured cell() {
    Measured.Builder measured = new Measured.Builder();
    place(measured, Keys.place("000", 0), .5, .25);
    place(measured, Keys.place("000", 10), .75, .5);
    place(measured, Keys.place("001", 0), .2, .6);
    return measured.build();
  }

  private static void place(Measured.Builder measured, String key, double exact, double probe) {
    measured.value("exact", key, exact);
    measured.value("k", key, 1);
    measured.value("n", key, 2);
    measured.value("odds probe", key, Math.log(probe / (1 - probe)));
    measured.value("odds base rate", key, 0);
  }

  @Test
  void eachTextCountsTheSame() {
    KeptForecasts kept = new KeptForecasts(CELL);
    assertThat(kept.names()).containsExactly("probe", "base rate");
    assertThat(kept.excess("probe", row -> true).orElseThrow().estimate())
        .isCloseTo(((.0625 + .0625) / 2 + .16) / 2, within(1e-6));
    assertThat(kept.excess("probe", row -> row.kept() > 20)).isEmpty();
    KeptForecasts.Difference difference = kept.differences(row -> true).getFirst();
    assertThat(difference.other()).isEqualTo("base rate");
    assertThat(difference.value().estimate())
        .isCloseTo((.0625 - .03125 + .16 - .09) / 2, within(1e-6));
    assertThat(kept.held("probe", row -> row.kept() == 10).of(0, 0)).isCloseTo(.5, within(1e-9));
  }

  @Test
  void areasAreThoseOfWeighedPairs() {
    // Every outcome is a half, so every pair of a text with itself or another is a coin's throw.
    assertThat(new KeptForecasts(CELL).area("probe", row -> true).orElseThrow().estimate())
        .isCloseTo(.5, within(1e-9));
  }

  @Test
  void aDirectionIsAsLongAsTheSpreadOfItsProjection() {
    HookPoint hook = new HookPoint(Site.RESIDUAL, 2);
    List<float[]> vectors =
        List.of(new float[] {1, 5}, new float[] {3, 5}, new float[] {5, 5}, new float[] {7, 5});
    MemoryActivations set =
        new MemoryActivations("model", 2, List.of(hook), List.of(), List.of(), vectors);
    List<ProbeRow> rows =
        java.util.stream.IntStream.range(0, 4)
            .mapToObj(i -> new ProbeRow(i, "a", "", "a", i, 4, Target.label(i % 2, 2)))
            .toList();
    ProbeInput input =
        new ProbeInput(set, List.of("yes", "no"), rows, Map.<String, Tokens>of(), Map.of());
    Standard standard = new Standard(new double[] {0, 0}, new double[] {2, 1});
    FittedProbe probe =
        new FittedProbe(
            ProbeKinds.named("logistic"),
            List.of(hook),
            List.of("yes", "no"),
            new ProbeNumbers(new double[][] {{3, 0}}, new double[] {1}, standard));
    Steered.Direction direction = Steered.Direction.of(probe, input);
    assertThat(direction.layer()).isEqualTo(2);
    assertThat(direction.vector())
        .containsExactly(new float[] {(float) Math.sqrt(5), 0}, within(1e-6f));
    float[] random = direction.random(1).vector();
    assertThat(Math.hypot(random[0], random[1])).isCloseTo(Math.sqrt(5), within(1e-6));
  }
}
