package criticalwindows.cli;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Site;
import criticalwindows.error.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/// Where in a model vectors are read.
final class HookOptions {
  private static final String HINT = "name layers such as 4,8, or all, or middle";

  @Option(
      names = "--layers",
      paramLabel = "LAYERS",
      defaultValue = "middle",
      description = {
        "Layers such as 4,8, counted from 1 as Hugging Face's hidden_states, or all, or middle"
            + " (default: ${DEFAULT-VALUE})."
      })
  String layers = "middle";

  @Option(
      names = "--site",
      split = ",",
      paramLabel = "SITE",
      defaultValue = "residual",
      description = {
        "Of a layer: residual, the stream after it; attention or mlp, what that adds to the stream"
            + " (default: ${DEFAULT-VALUE}; several with commas)."
      })
  List<String> sites = new ArrayList<>(List.of("residual"));

  /// The hook points in a model, in their order.
  ///
  /// @param count layers of it
  /// @throws UserError if one is none
  List<HookPoint> in(int count) {
    TreeSet<HookPoint> hooks = new TreeSet<>();
    List<Site> named = sites.stream().map(Site::named).toList();
    for (int layer : layers(count)) {
      named.forEach(site -> hooks.add(new HookPoint(site, layer)));
    }
    return List.copyOf(hooks);
  }

  private List<Integer> layers(int count) {
    return switch (layers) {
      case "all" -> IntStream.rangeClosed(1, count).boxed().toList();
      case "middle" -> List.of(Math.max(1, count / 2));
      default -> {
        List<Integer> given = given();
        requireThere(given, count);
        yield given;
      }
    };
  }

  private void requireThere(List<Integer> given, int count) {
    if (given.stream().anyMatch(layer -> layer < 1 || layer > count)) {
      throw new UserError(
          "--layers " + layers + ": the model has " + count + " layers",
          "name layers from 1 to " + count + "; its embeddings are no layer");
    }
  }

  /// The layers of files that vLLM wrote, in the order in which they stand there.
  ///
  /// @param count layers of the model
  List<HookPoint> ofVllm(int count) {
    List<Integer> given = given();
    if (!sites.equals(List.of("residual"))) {
      throw new UserError(
          "--site " + String.join(",", sites) + ", and vLLM writes the residual stream alone",
          "leave --site out");
    }
    if (given.contains(0) || given.stream().distinct().count() < given.size()) {
      throw new UserError(
          "--layers " + layers + ": vLLM's layer 0 is the embeddings, and none stands twice",
          "have vLLM write layers from 1 on, each once, and name them in its order");
    }
    requireThere(given, count);
    return given.stream().map(layer -> new HookPoint(Site.RESIDUAL, layer)).toList();
  }

  private List<Integer> given() {
    if (!layers.matches("[0-9]{1,4}(,[0-9]{1,4})*")) {
      throw new UserError("--layers " + layers, HINT);
    }
    return List.of(layers.split(",", -1)).stream().map(Integer::valueOf).toList();
  }
}
