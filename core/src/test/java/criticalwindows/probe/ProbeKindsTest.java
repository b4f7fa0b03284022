package criticalwindows.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Site;
import criticalwindows.error.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every kind of probe must do.
class ProbeKindsTest {
  private static final int WIDTH = 5;

  private final RandomGenerator random = new SplittableRandom(4);

  static Stream<ProbeKind> kinds() {
    return ProbeKinds.ALL.stream();
  }

  private static int classes(ProbeKind kind) {
    return kind.name().equals("logistic") ? 2 : 3;
  }

  private double[] numbers(int count) {
    return random.doubles(count, -2, 2).toArray();
  }

  private float[] vector() {
    float[] vector = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  private FittedProbe probe(ProbeKind kind) {
    int scores = kind.scores(classes(kind));
    double[][] weights = new double[scores][];
    java.util.Arrays.setAll(weights, k -> numbers(WIDTH));
    double[] scales = random.doubles(WIDTH, .5, 3).toArray();
    return new FittedProbe(
        kind,
        List.of(new HookPoint(Site.RESIDUAL, 3)),
        IntStream.range(0, classes(kind)).mapToObj(k -> "class " + k).toList(),
        new ProbeNumbers(weights, numbers(scores), new Standard(numbers(WIDTH), scales)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void itHasAName(ProbeKind kind) {
    assertThat(ProbeKinds.named(kind.name())).isSameAs(kind);
    assertThat(kind.about()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aReadingThatIsTrimmedGoesOnAsIfNothingHadBeenThere(ProbeKind kind) {
    FittedProbe probe = probe(kind);
    List<float[]> text = Stream.generate(this::vector).limit(6).toList();
    Probe.Reading whole = probe.begin();
    List<double[]> all = new ArrayList<>();
    text.forEach(vector -> all.add(whole.next(vector)));
    Probe.Reading other = probe.begin();
    text.subList(0, 3).forEach(other::next);
    other.next(vector());
    other.next(vector());
    other.trim(3);
    for (int i = 3; i < 6; i++) {
      assertThat(other.next(text.get(i))).isEqualTo(all.get(i));
    }
    other.trim(0);
    assertThat(other.next(text.getFirst())).isEqualTo(all.getFirst());
    assertThatThrownBy(() -> other.trim(2)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void itsForecastsAreProbabilities(ProbeKind kind) {
    double[] shares = FittedProbe.probabilities(probe(kind).begin().next(vector()));
    assertThat(shares).hasSize(classes(kind));
    assertThat(java.util.Arrays.stream(shares).allMatch(share -> share > 0 && share < 1)).isTrue();
    assertThat(java.util.Arrays.stream(shares).sum()).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatItReadsIsWhatItSays(ProbeKind kind) {
    FittedProbe probe = probe(kind);
    float[] last = vector();
    Probe.Reading one = probe.begin();
    one.next(new float[] {9, -9, 9, -9, 9});
    Probe.Reading other = probe.begin();
    other.next(new float[] {-9, 9, 9, 9, -9});
    boolean alike = java.util.Arrays.equals(one.next(last), other.next(last));
    assertThat(alike).isEqualTo(kind.reads() == Probe.Reads.LAST_TOKEN);
  }

  /// Two rows on six tokens, one with counts, one exact.
  @ParameterizedTest
  @MethodSource("kinds")
  void itsWayBackIsTheSlopeOfTheLoss(ProbeKind kind) {
    int classes = classes(kind);
    float[][] vectors = new float[6][];
    java.util.Arrays.setAll(vectors, t -> vector());
    Target counts = classes == 2 ? Target.counts(3, 5) : Target.counts(3, 5, 1);
    Target exact = classes == 2 ? Target.exact(.1, .9) : Target.exact(.1, .2, .7);
    boolean every = kind.reads() == Probe.Reads.EVERY_TOKEN;
    List<FitRow> rows =
        List.of(new FitRow(every ? 0 : 3, 3, counts, 1), new FitRow(every ? 1 : 5, 5, exact, .5));
    FitTask task = new FitTask(kind, classes, vectors, rows);
    double[] scores = numbers(6 * task.scores());
    double[] slopes = new double[scores.length];
    task.loss(scores, slopes);
    double[] unused = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      double[] up = scores.clone();
      up[i] += 1e-6;
      double[] down = scores.clone();
      down[i] -= 1e-6;
      double slope = (task.loss(up, unused) - task.loss(down, unused)) / 2e-6;
      assertThat(slopes[i]).as("score " + i).isCloseTo(slope, within(1e-7));
    }
  }

  @Test
  void attentionIsTheHeadOnTheMeanOfVectors() {
    FittedProbe probe = probe(ProbeKinds.named("attention"));
    List<float[]> text = Stream.generate(this::vector).limit(4).toList();
    Probe.Reading reading = probe.begin();
    double[] logits = {};
    for (float[] vector : text) {
      logits = reading.next(vector);
    }
    double[] attention =
        text.stream().mapToDouble(vector -> Math.exp(probe.numbers().of(vector)[0])).toArray();
    double sum = java.util.Arrays.stream(attention).sum();
    float[] mean = new float[WIDTH];
    for (int t = 0; t < attention.length; t++) {
      for (int i = 0; i < WIDTH; i++) {
        mean[i] += (float) (attention[t] / sum * text.get(t)[i]);
      }
    }
    double[] expected = probe.numbers().of(mean);
    for (int k = 0; k < logits.length; k++) {
      assertThat(logits[k]).isCloseTo(expected[k + 1], within(1e-5));
    }
  }

  @Test
  void threeClassesAreTooManyForALogisticProbe() {
    assertThatThrownBy(() -> ProbeKinds.named("logistic").scores(3))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.hint()).isEqualTo("take --kind softmax"))
        .hasMessage("a logistic probe tells 2 classes apart, not 3");
    assertThatThrownBy(() -> ProbeKinds.named("logistics"))
        .isInstanceOf(UserError.class)
        .hasMessage("no kind of probe named logistics");
  }

  @Test
  void theScaleOfAVectorDoesNotMatter() {
    float[][] vectors = new float[40][];
    float[][] others = new float[40][];
    List<FitRow> rows = new ArrayList<>();
    for (int t = 0; t < 40; t++) {
      vectors[t] = vector();
      others[t] = vectors[t].clone();
      others[t][1] = 100 * others[t][1] + 7;
      rows.add(new FitRow(t, t, Target.counts(vectors[t][1] > 0 ? 3 : 1, 2), 1));
    }
    ProbeKind kind = ProbeKinds.named("logistic");
    List<Double> penalty = List.of(.1);
    double[] one =
        new LoopFitter().fit(new FitTask(kind, 2, vectors, rows), penalty).getFirst().weights(0);
    double[] other =
        new LoopFitter().fit(new FitTask(kind, 2, others, rows), penalty).getFirst().weights(0);
    for (int i = 0; i < WIDTH; i++) {
      assertThat(other[i]).isCloseTo(one[i], within(1e-4));
    }
  }
}
