package criticalwindows.torch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Attention within each passage: a token sees those before it and itself.
///
/// LibTorch's fused attention is used but for bfloat16, where it is six times slower on processors
/// than two products and a softmax.
final class Attention {
  private final List<Packed.Group> groups;
  private final long[] rows;
  private final Map<Integer, Tensor> masks = new HashMap<>();

  /// Made inside the scope in which it is used.
  Attention(List<Packed.Group> groups, ScalarType products) {
    this.groups = groups;
    rows = groups.stream().mapToLong(Packed.Group::rows).toArray();
    if (products == ScalarType.BFloat16) {
      groups.forEach(group -> masks.put(group.length(), mask(group.length())));
    }
  }

  private static Tensor mask(int length) {
    Tensor full =
        torch.full(
            new long[] {length, length},
            new Scalar(Double.NEGATIVE_INFINITY),
            new TensorOptions(ScalarType.BFloat16));
    return full.triu(1);
  }

  /// @param queries of shape [rows, heads, size]
  /// @param keys of shape [rows, key heads, size]
  /// @param values of shape [rows, key heads, size]
  /// @return of shape [rows, heads · size]
  Tensor apply(Tensor queries, Tensor keys, Tensor values) {
    if (groups.size() == 1) {
      return group(groups.getFirst(), queries, keys, values);
    }
    TensorVector query = torch.split(queries, rows, 0);
    TensorVector key = torch.split(keys, rows, 0);
    TensorVector value = torch.split(values, rows, 0);
    Tensor[] parts = new Tensor[rows.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = group(groups.get(i), query.get(i), key.get(i), value.get(i));
    }
    return torch.cat(new TensorVector(parts), 0);
  }

  private Tensor group(Packed.Group group, Tensor queries, Tensor keys, Tensor values) {
    long[] shape = queries.shape();
    int times = Math.toIntExact(shape[1] / keys.size(1));
    Tensor query = byHead(group, queries, 1);
    Tensor key = byHead(group, keys, times);
    Tensor value = byHead(group, values, times);
    Tensor seen =
        queries.scalar_type().intern() == ScalarType.BFloat16
            ? inSteps(query, key, value, Objects.requireNonNull(masks.get(group.length())))
            : torch.scaled_dot_product_attention(
                query, key, value, new TensorOptional(), 0, true, new DoubleOptional(), false);
    return seen.transpose(1, 2).reshape(shape[0], shape[1] * shape[2]);
  }

  /// Shape [passages, heads, length, size], each head as often as queries share it.
  private static Tensor byHead(Packed.Group group, Tensor rows, int times) {
    long heads = rows.size(1);
    long size = rows.size(2);
    Tensor own = rows.view(group.passages(), group.length(), heads, size).transpose(1, 2);
    if (times == 1) {
      return own;
    }
    return own.unsqueeze(2)
        .expand(group.passages(), heads, times, group.length(), size)
        .reshape(group.passages(), heads * times, group.length(), size);
  }

  private static Tensor inSteps(Tensor query, Tensor key, Tensor value, Tensor mask) {
    Scalar scale = new Scalar(1 / Math.sqrt((double) query.size(3)));
    Tensor scores = query.mul(scale).matmul(key.transpose(2, 3)).add(mask);
    return scores.softmax(3).matmul(value);
  }
}
