package criticalwindows.activation;

import criticalwindows.error.UserError;
import java.util.Comparator;

/// A place in a model where a vector is read.
///
/// Layers are counted as Hugging Face counts `hidden_states`: layer k is the k-th decoder block,
/// from 1, and its residual stream is `hidden_states[k]`. The last one is before the model's final
/// norm, which Hugging Face's last entry is not.
///
/// @param layer in [1, layers of the model]
public record HookPoint(Site site, int layer) implements Comparable<HookPoint> {
  private static final Comparator<HookPoint> ORDER =
      Comparator.comparingInt(HookPoint::layer).thenComparing(HookPoint::site);

  public HookPoint {
    if (layer < 1) {
      throw new IllegalArgumentException("layer " + layer);
    }
  }

  /// What [#word] was made of.
  ///
  /// @throws UserError if it is none
  public static HookPoint parse(String word) {
    int at = word.lastIndexOf('.');
    String layer = word.substring(at + 1);
    if (at < 0 || !layer.matches("[1-9][0-9]{0,5}")) {
      throw new UserError("no layer of a site: " + word, "write it as in residual.8");
    }
    return new HookPoint(Site.named(word.substring(0, at)), Integer.parseInt(layer));
  }

  /// Such as `residual.8`.
  public String word() {
    return site.word() + "." + layer;
  }

  /// By layers, and in the order of sites within each.
  @Override
  public int compareTo(HookPoint other) {
    return ORDER.compare(this, other);
  }
}
