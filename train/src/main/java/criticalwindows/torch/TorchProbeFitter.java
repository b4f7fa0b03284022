package criticalwindows.torch;

import criticalwindows.probe.FitTask;
import criticalwindows.probe.ProbeFitter;
import criticalwindows.probe.ProbeNumbers;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LBFGS;
import org.bytedeco.pytorch.LBFGSOptions;
import org.bytedeco.pytorch.LossClosure;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Fits probes with LibTorch's L-BFGS with a line search by the strong Wolfe conditions. LibTorch
/// holds the vectors in float32, standardised, and does the two matrix products of each step; the
/// losses of the rows and their derivatives by the scores come from the [FitTask], in double.
public final class TorchProbeFitter implements ProbeFitter {
  private static final int STEPS = 200;
  private static final int HISTORY = 20;
  private static final double FLAT = 1e-6;

  private final int threads;

  /// @param threads to compute with, at least 1
  public TorchProbeFitter(int threads) {
    this.threads = threads;
  }

  @Override
  public List<ProbeNumbers> fit(FitTask task, List<Double> penalties) {
    Torch.load(threads);
    return Torch.withoutGradients(
        () -> {
          try (PointerScope _ = new PointerScope();
              Fit fit = new Fit(task)) {
            List<ProbeNumbers> all = new ArrayList<>();
            for (double penalty : penalties) {
              fit.descend(penalty);
              all.add(fit.numbers());
            }
            return all;
          }
        });
  }

  /// The vectors, the numbers that are fitted, and the way down.
  private static final class Fit implements AutoCloseable {
    private final FitTask task;
    private final Tensor vectors;
    private final Tensor weights;
    private final Tensor biases;
    private final Tensor loss = Torch.zeros(ScalarType.Double, 1);
    private final double[] slopes;

    Fit(FitTask task) {
      this.task = task;
      vectors = Torch.zeros(ScalarType.Float, task.tokens(), task.width());
      weights = Torch.zeros(ScalarType.Float, task.scores(), task.width());
      biases = Torch.zeros(ScalarType.Float, task.scores());
      slopes = new double[Math.multiplyExact(task.tokens(), task.scores())];
      fill();
    }

    private void fill() {
      double[] means = task.standard().means();
      double[] scales = task.standard().scales();
      float[] row = new float[task.width()];
      FloatPointer to = vectors.data_ptr_float();
      for (int token = 0; token < task.tokens(); token++) {
        float[] from = task.vector(token);
        for (int i = 0; i < row.length; i++) {
          row[i] = (float) ((from[i] - means[i]) / scales[i]);
        }
        to.position((long) token * row.length).put(row);
      }
    }

    /// From where it stands to the least of loss and penalty.
    void descend(double penalty) {
      try (PointerScope _ = new PointerScope()) {
        LBFGSOptions options = new LBFGSOptions(1);
        options.max_iter().put(STEPS);
        options.history_size().put(HISTORY);
        options.tolerance_grad().put(FLAT);
        options.tolerance_change().put(1e-9);
        options.line_search_fn().put("strong_wolfe");
        LBFGS optimiser = new LBFGS(new TensorVector(weights, biases), options);
        optimiser.step(new Closure(penalty));
      }
    }

    private final class Closure extends LossClosure {
      private final double penalty;

      Closure(double penalty) {
        super();
        this.penalty = penalty;
      }

      @Override
      public Tensor call() {
        Torch.withoutGradients(
            () -> {
              evaluate(penalty);
              return true;
            });
        return loss;
      }
    }

    /// Loss and penalty, and their derivatives as the gradients of weights and biases.
    private void evaluate(double penalty) {
      try (PointerScope _ = new PointerScope()) {
        Tensor flat = weights.detach();
        Tensor scores = torch.addmm(biases.detach(), vectors, flat.t());
        double value = task.loss(Torch.numbers(scores), slopes);
        Tensor back = Torch.numbers(slopes, ScalarType.Float).view(task.tokens(), task.scores());
        Tensor slope = back.t().matmul(vectors).add_(flat, Torch.scalar(penalty));
        weights.mutable_grad().put(slope);
        biases.mutable_grad().put(back.sum(0));
        double squares = flat.to(ScalarType.Double).square().sum().item_double();
        loss.fill_(Torch.scalar(value + penalty / 2 * squares));
      }
    }

    ProbeNumbers numbers() {
      double[] flat = Torch.numbers(weights);
      double[][] rows = new double[task.scores()][task.width()];
      for (int k = 0; k < rows.length; k++) {
        System.arraycopy(flat, k * task.width(), rows[k], 0, task.width());
      }
      return new ProbeNumbers(rows, Torch.numbers(biases), task.standard());
    }

    @Override
    public void close() {
      for (Tensor tensor : List.of(vectors, weights, biases, loss)) {
        Torch.free(tensor);
      }
    }
  }
}
