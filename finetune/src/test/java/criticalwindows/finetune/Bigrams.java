package criticalwindows.finetune;

import criticalwindows.gguf.Tensor;
import criticalwindows.lora.Adapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A white box that can be computed by hand: the next token depends on the one before it alone, and
/// its probabilities are the softmax of one row of numbers. It begins with all tokens alike.
final class Bigrams implements WhiteBox {
  private final int vocabulary;
  private final double[] numbers;
  private final double[] mean;
  private final double[] square;
  private final double[] gradient;
  private int steps;

  Bigrams(int vocabulary) {
    this.vocabulary = vocabulary;
    numbers = new double[vocabulary * vocabulary];
    mean = numbers.clone();
    square = numbers.clone();
    gradient = numbers.clone();
  }

  double probability(int before, int token) {
    return Math.exp(row(numbers, before)[token]);
  }

  double[] numbers() {
    return numbers.clone();
  }

  /// Makes its numbers what they become where a training diverges.
  void spoil() {
    Arrays.fill(numbers, Double.NaN);
  }

  private double[] row(double[] of, int before) {
    double[] row = Arrays.copyOfRange(of, before * vocabulary, (before + 1) * vocabulary);
    double most = Arrays.stream(row).max().orElseThrow();
    double sum = Arrays.stream(row).map(x -> Math.exp(x - most)).sum();
    return Arrays.stream(row).map(x -> x - most - Math.log(sum)).toArray();
  }

  @Override
  public List<float[]> logProbs(List<Passage> passages) {
    return of(numbers, passages);
  }

  @Override
  public List<float[]> referenceLogProbs(List<Passage> passages) {
    if (steps > 0) {
      throw new IllegalStateException("it was trained");
    }
    return of(new double[numbers.length], passages);
  }

  private List<float[]> of(double[] from, List<Passage> passages) {
    List<float[]> all = new ArrayList<>();
    for (Passage passage : passages) {
      Targets targets = passage.targets();
      float[] found = new float[targets.size()];
      for (int i = 0; i < found.length; i++) {
        found[i] = (float) row(from, passage.ids().at(targets.place(i)))[targets.token(i)];
      }
      all.add(found);
    }
    return all;
  }

  /// The token before as a vector: the table of numbers is the output matrix.
  @Override
  public List<float[][]> states(List<Passage> passages) {
    List<float[][]> all = new ArrayList<>();
    for (Passage passage : passages) {
      float[][] found = new float[passage.targets().size()][vocabulary];
      for (int i = 0; i < found.length; i++) {
        found[i][passage.ids().at(passage.targets().place(i))] = 1;
      }
      all.add(found);
    }
    return all;
  }

  @Override
  public void accumulate(List<Passage> passages, Upstream upstream) {
    List<float[]> slopes = upstream.gradient(logProbs(passages));
    for (int p = 0; p < passages.size(); p++) {
      Targets targets = passages.get(p).targets();
      for (int i = 0; i < targets.size(); i++) {
        int before = passages.get(p).ids().at(targets.place(i));
        double[] row = row(numbers, before);
        for (int token = 0; token < vocabulary; token++) {
          double one = token == targets.token(i) ? 1 : 0;
          gradient[before * vocabulary + token] += slopes.get(p)[i] * (one - Math.exp(row[token]));
        }
      }
    }
  }

  @Override
  public double step(AdamW.Step step) {
    double norm = Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
    if (Double.isFinite(norm)) {
      steps++;
      AdamW adam = step.settings();
      double scale = Math.min(1, adam.clip() / norm);
      for (int i = 0; i < numbers.length; i++) {
        double g = gradient[i] * scale;
        mean[i] = adam.beta1() * mean[i] + (1 - adam.beta1()) * g;
        square[i] = adam.beta2() * square[i] + (1 - adam.beta2()) * g * g;
        double m = mean[i] / (1 - Math.pow(adam.beta1(), steps));
        double v = square[i] / (1 - Math.pow(adam.beta2(), steps));
        numbers[i] -= step.learningRate() * adam.weightDecay() * numbers[i];
        numbers[i] -= step.learningRate() * m / (Math.sqrt(v) + adam.epsilon());
      }
    }
    Arrays.fill(gradient, 0);
    return norm;
  }

  @Override
  public void save(Path file) {
    ByteBuffer all = ByteBuffer.allocate(8 * (1 + 3 * numbers.length));
    all.putDouble(steps);
    for (double[] of : List.of(numbers, mean, square)) {
      Arrays.stream(of).forEach(all::putDouble);
    }
    try {
      Files.write(file, all.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void load(Path file) {
    try {
      ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
      steps = (int) all.getDouble();
      for (double[] of : List.of(numbers, mean, square)) {
        Arrays.setAll(of, i -> all.getDouble());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<Adapter> adapter() {
    return Optional.empty();
  }

  @Override
  public List<Tensor> weights() {
    return List.of();
  }

  @Override
  public void close() {}
}
