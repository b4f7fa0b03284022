package criticalwindows.probe;

import criticalwindows.activation.ActivationSet;
import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Place;
import criticalwindows.activation.Site;
import criticalwindows.model.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Texts with random vectors at every token, in which a direction says how likely the outcome is:
/// the log-odds at a place are the direction's product with the vector of that place.
final class PlantedTexts implements ActivationSet {
  static final HookPoint NOTHING = new HookPoint(Site.RESIDUAL, 1);
  static final HookPoint PLANTED = new HookPoint(Site.RESIDUAL, 2);

  private final Shape shape;
  private final double[] direction;
  private final List<Text> texts = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private final List<ProbeRow> rows = new ArrayList<>();
  private final List<Double> exact = new ArrayList<>();
  private final Map<HookPoint, float[][]> vectors = new HashMap<>();

  /// @param items texts, each an item of its own
  /// @param length tokens of a response; there is a place at the prompt's end too
  /// @param strength standard deviation of the log-odds
  /// @param trials continuations at each place
  record Shape(int items, int length, int width, double strength, int trials) {}

  PlantedTexts(Shape shape, long seed) {
    this.shape = shape;
    RandomGenerator random = new SplittableRandom(seed);
    direction = new double[shape.width];
    double norm = 0;
    for (int i = 0; i < direction.length; i++) {
      direction[i] = random.nextGaussian();
      norm += direction[i] * direction[i];
    }
    for (int i = 0; i < direction.length; i++) {
      direction[i] *= shape.strength / Math.sqrt(norm);
    }
    List<float[]> nothing = new ArrayList<>();
    List<float[]> planted = new ArrayList<>();
    for (int item = 0; item < shape.items; item++) {
      texts.add(new Text("text " + item, "group " + item % 3, 4, shape.length));
      for (int kept = 0; kept <= shape.length; kept++) {
        nothing.add(vector(random));
        float[] vector = vector(random);
        planted.add(vector);
        row(random, item, kept, vector);
      }
    }
    vectors.put(NOTHING, nothing.toArray(float[][]::new));
    vectors.put(PLANTED, planted.toArray(float[][]::new));
  }

  private float[] vector(RandomGenerator random) {
    float[] vector = new float[shape.width];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  private void row(RandomGenerator random, int item, int kept, float[] vector) {
    double odds = 0;
    for (int i = 0; i < direction.length; i++) {
      odds += direction[i] * vector[i];
    }
    double p = 1 / (1 + Math.exp(-odds));
    int yes = 0;
    for (int t = 0; t < shape.trials; t++) {
      yes += random.nextDouble() < p ? 1 : 0;
    }
    Text text = texts.get(item);
    rows.add(
        new ProbeRow(
            places.size(),
            "item " + item,
            text.group(),
            text.id(),
            kept,
            shape.length,
            Target.counts(yes, shape.trials - yes)));
    places.add(new Place(item, kept, 7 + kept));
    exact.add(p);
  }

  ProbeInput input() {
    Map<String, Tokens> responses = new HashMap<>();
    for (Text text : texts) {
      int[] ids = new int[text.length()];
      java.util.Arrays.setAll(ids, i -> 8 + i);
      responses.put(text.id(), Tokens.of(ids));
    }
    return new ProbeInput(this, List.of("yes", "no"), rows, responses, Map.of());
  }

  /// P(yes) at each row.
  List<Double> exact() {
    return exact;
  }

  /// Of the planted direction with another one, in [−1, 1].
  double cosine(double[] other) {
    double product = 0;
    double own = 0;
    double others = 0;
    for (int i = 0; i < direction.length; i++) {
      product += direction[i] * other[i];
      own += direction[i] * direction[i];
      others += other[i] * other[i];
    }
    return product / Math.sqrt(own * others);
  }

  @Override
  public String model() {
    return "random numbers";
  }

  @Override
  public int width() {
    return shape.width;
  }

  @Override
  public List<HookPoint> hooks() {
    return List.of(NOTHING, PLANTED);
  }

  @Override
  public List<Text> texts() {
    return texts;
  }

  @Override
  public List<Place> places() {
    return places;
  }

  @Override
  public float[][] at(HookPoint hook) {
    return Objects.requireNonNull(vectors.get(hook));
  }
}
