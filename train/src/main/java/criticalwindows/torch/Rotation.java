package criticalwindows.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Turns heads by their positions: element `i` of a head together with element `i + size/2`.
///
/// *Source:* Su et al. 2021, arXiv 2104.09864, with the order of Hugging Face's models.
///
/// @param cosine of shape [rows, 1, 1, size/2]
/// @param sine of shape [rows, 1, 2, size/2], the first half negative
record Rotation(Tensor cosine, Tensor sine) {
  static Rotation of(int[] positions, int headSize, double base, ScalarType type) {
    int half = headSize / 2;
    double[] cosine = new double[positions.length * half];
    double[] sine = new double[positions.length * headSize];
    for (int row = 0; row < positions.length; row++) {
      for (int i = 0; i < half; i++) {
        double angle = positions[row] * Math.pow(base, -2.0 * i / headSize);
        cosine[row * half + i] = Math.cos(angle);
        sine[row * headSize + i] = -Math.sin(angle);
        sine[row * headSize + half + i] = Math.sin(angle);
      }
    }
    return new Rotation(
        Torch.numbers(cosine, type).view(positions.length, 1, 1, half),
        Torch.numbers(sine, type).view(positions.length, 1, 2, half));
  }

  /// @param heads of shape [rows, heads, size]
  Tensor turn(Tensor heads) {
    long[] shape = heads.shape();
    Tensor halves = heads.view(shape[0], shape[1], 2, shape[2] / 2);
    return halves.mul(cosine).add(halves.flip(2).mul(sine)).view(shape);
  }
}
