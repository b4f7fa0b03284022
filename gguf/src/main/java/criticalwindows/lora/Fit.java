package criticalwindows.lora;

import criticalwindows.error.UserError;
import criticalwindows.gguf.Tensor;
import java.nio.file.Path;
import java.util.List;

/// Whether an adapter fits a model: llama.cpp says only that it does not.
final class Fit {
  private Fit() {}

  /// @throws UserError if a matrix is not there or of another shape, or a number is none
  static void check(Path path, Adapter adapter, BaseModel base) {
    for (Adapter.Pair pair : adapter.pairs()) {
      List<Long> of = List.of(pair.b().shape().getFirst(), pair.a().shape().getLast());
      List<Long> there =
          base.shape(pair.layer(), pair.projection())
              .orElseThrow(
                  () ->
                      other(
                          path,
                          base,
                          "it changes "
                              + pair.projection().hfName()
                              + " of layer "
                              + pair.layer()
                              + ", and the model has "
                              + base.layers()
                              + " layers"));
      if (!of.equals(there)) {
        throw other(
            path,
            base,
            "for "
                + pair.projection().hfName()
                + " of layer "
                + pair.layer()
                + " it has the shape "
                + of
                + ", and the model "
                + there);
      }
      requireNumbers(path, pair.a());
      requireNumbers(path, pair.b());
    }
  }

  private static UserError other(Path path, BaseModel base, String how) {
    return new UserError(
        "the adapter " + path + " is for another model than " + base.name() + ": " + how,
        "use it with the model that it was trained on, or name an adapter that was trained on "
            + base.name());
  }

  private static void requireNumbers(Path path, Tensor tensor) {
    float[] row = new float[tensor.columns()];
    for (long i = 0; i < tensor.rowCount(); i++) {
      tensor.rows().read(i, row);
      for (float number : row) {
        if (!Float.isFinite(number)) {
          throw new UserError(
              "the adapter " + path + " holds " + number + " in " + tensor.name(),
              "train it again with a smaller learning rate, or copy the file again");
        }
      }
    }
  }
}
