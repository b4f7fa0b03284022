package criticalwindows.cli;

import criticalwindows.activation.HookPoint;
import criticalwindows.vectors.ExtractionPlan;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What `cw activations` tells of its work.
final class ActivationTables {
  private static final List<Column<Work>> WORK =
      List.of(
          new Column<>("texts", "that were read", work -> Numbers.count(work.plan.texts().size())),
          new Column<>(
              "places", "tokens whose vectors are kept", work -> Numbers.count(work.plan.places())),
          new Column<>(
              "computed",
              "tokens that went through the model now; what texts have in common is computed once,"
                  + " and what stands behind their last places not at all",
              work -> Numbers.count(work.computed)),
          new Column<>(
              "tokens",
              "of all texts, prompt and response",
              work -> Numbers.count(work.plan.tokens())),
          new Column<>("bytes", "of the folder", work -> Numbers.count(work.bytes)),
          new Column<>(
              "tokens/s",
              "computed a second, with the loading of the model and the writing",
              work -> work.computed == 0 ? "–" : Numbers.count(Math.round(work.rate()))));

  private static final List<Column<Layer>> LAYERS =
      List.of(
          new Column<>("layer", "as cw counts", layer -> Numbers.count(layer.number)),
          new Column<>(
              "hidden_states",
              "its index with Hugging Face, whose last one is behind the final norm and so none of"
                  + " these",
              layer -> layer.last() ? "–" : "[" + layer.number + "]"),
          new Column<>("vLLM", "its layer id there", layer -> Numbers.count(layer.number)),
          new Column<>(
              "llama.cpp", "the tensor's name there", layer -> "l_out-" + (layer.number - 1)),
          new Column<>(
              "control vector",
              "the direction of a GGUF control vector that is added there",
              layer -> layer.number == 1 ? "–" : "direction." + (layer.number - 1)));

  private ActivationTables() {}

  /// What was done.
  ///
  /// @param computed tokens
  /// @param bytes of the folder
  record Work(ExtractionPlan plan, long computed, long bytes, double seconds) {
    double rate() {
      return computed / Math.max(seconds, 1e-3);
    }
  }

  private record Layer(int number, int of) {
    boolean last() {
      return number == of;
    }
  }

  /// All of it in lines.
  ///
  /// @param layers of the model
  static List<String> lines(Work work, int layers) {
    List<String> lines = new ArrayList<>(new View<>(WORK, List.of(work)).lines());
    List<Layer> numbers =
        work.plan.hooks().stream()
            .map(HookPoint::layer)
            .distinct()
            .map(layer -> new Layer(layer, layers))
            .toList();
    lines.add("");
    lines.addAll(new View<>(LAYERS, numbers).lines());
    return Stream.concat(Stream.of(""), lines.stream()).toList();
  }
}
