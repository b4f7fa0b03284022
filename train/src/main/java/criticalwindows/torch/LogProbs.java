package criticalwindows.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// From the last norm's rows to log-probabilities of targets, and back. It goes through rows in
/// chunks, so that the logits of a large vocabulary never stand in memory all at once.
final class LogProbs {
  /// Logits of a chunk.
  static final int MOST = 1 << 23;

  private final Tensor output;
  private final ScalarType products;
  private final ScalarType type;
  private final Packed packed;
  private final Tensor rows;
  private final int chunk;

  /// @param rows of shape [places, hidden], without gradients
  /// @param most logits of a chunk; a row is never divided
  LogProbs(Head head, Packed packed, Tensor rows, int most) {
    this.output = head.output;
    this.products = head.numbers.products();
    this.type = head.numbers.parameters();
    this.packed = packed;
    this.rows = rows;
    chunk = (int) Math.max(1, most / output.size(0));
  }

  /// @param output of shape [vocabulary, hidden]
  record Head(Tensor output, Numbers numbers) {}

  /// A run of rows and the targets at them.
  ///
  /// @param rows how many
  /// @param from its first target
  /// @param to behind its last target
  private record Chunk(int first, int rows, int from, int to) {}

  private List<Chunk> chunks() {
    List<Chunk> chunks = new ArrayList<>();
    int all = packed.places().length;
    int target = 0;
    for (int first = 0; first < all; first += chunk) {
      int count = Math.min(chunk, all - first);
      int from = target;
      while (target < packed.targets() && packed.row(target) < first + count) {
        target++;
      }
      chunks.add(new Chunk(first, count, from, target));
    }
    return chunks;
  }

  /// The log-probability of each target.
  double[] values() {
    double[] all = new double[packed.targets()];
    for (Chunk chunk : chunks()) {
      try (PointerScope _ = new PointerScope()) {
        Tensor logits = logits(chunk);
        Tensor sums = logits.logsumexp(1);
        Tensor chosen = logits.view(-1).index_select(0, places(chunk));
        Tensor values = chosen.sub(sums.index_select(0, targetRows(chunk)));
        double[] some = Torch.numbers(values);
        System.arraycopy(some, 0, all, chunk.from, some.length);
      }
    }
    return all;
  }

  private Tensor logits(Chunk chunk) {
    Tensor some = rows.narrow(0, chunk.first, chunk.rows).to(products);
    return torch.linear(some, output.to(products)).to(type);
  }

  /// Where each target's logit lies.
  private Tensor places(Chunk chunk) {
    long vocabulary = output.size(0);
    long[] places = new long[chunk.to - chunk.from];
    for (int i = 0; i < places.length; i++) {
      int target = chunk.from + i;
      places[i] = (packed.row(target) - chunk.first) * vocabulary + packed.token(target);
    }
    return Tensor.create(places);
  }

  private Tensor targetRows(Chunk chunk) {
    long[] own = new long[chunk.to - chunk.from];
    for (int i = 0; i < own.length; i++) {
      own[i] = packed.row(chunk.from + i) - (long) chunk.first;
    }
    return Tensor.create(own);
  }

  /// The loss's gradient by the rows.
  ///
  /// @param gradient of the loss by each target's log-probability
  /// @param sum to which the gradient by the output matrix is added, if it is trained
  Tensor back(double[] gradient, Optional<Tensor> sum) {
    List<Chunk> chunks = chunks();
    Tensor[] parts = new Tensor[chunks.size()];
    for (int i = 0; i < parts.length; i++) {
      Chunk chunk = chunks.get(i);
      parts[i] = Torch.kept(() -> back(chunk, gradient, sum));
    }
    return parts.length == 1
        ? parts[0]
        : torch.cat(new org.bytedeco.pytorch.TensorVector(parts), 0);
  }

  /// A logit's share is what its own target asks, less its probability times what all targets of
  /// its row ask.
  private Tensor back(Chunk chunk, double[] gradient, Optional<Tensor> sum) {
    double[] own = java.util.Arrays.copyOfRange(gradient, chunk.from, chunk.to);
    double[] less = new double[chunk.rows];
    for (int i = 0; i < own.length; i++) {
      less[packed.row(chunk.from + i) - chunk.first] -= own[i];
    }
    Tensor shares = logits(chunk);
    shares.sub_(shares.logsumexp(new long[] {1}, true)).exp_();
    shares.mul_(Torch.numbers(less, type).unsqueeze(1));
    shares.view(-1).index_add_(0, places(chunk), Torch.numbers(own, type));
    Tensor factor = shares.to(products);
    sum.ifPresent(
        to -> {
          Tensor some = rows.narrow(0, chunk.first, chunk.rows).to(products);
          if (products == type) {
            to.addmm_(factor.t(), some);
          } else {
            to.add_(factor.t().matmul(some).to(type));
          }
        });
    return factor.matmul(output.to(products)).to(type);
  }
}
