package criticalwindows.report;

import criticalwindows.probe.AlongText;
import criticalwindows.probe.ProbeCurve;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What is known of a text token by token, for the page.
final class AlongData {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int NAME = 40;

  /// The most points of a line.
  private static final int POINTS = 400;

  private AlongData() {}

  /// `lines`: of each a name, its largest value (1 for probabilities), and points of tokens kept
  /// and value.
  static ObjectNode of(AlongText text) {
    ObjectNode node = JSON.objectNode();
    ArrayNode lines = node.putArray("lines");
    for (ProbeCurve curve : text.probes()) {
      String name = TerminalText.line(curve.probe(), NAME);
      ArrayNode points = line(lines, name + ": P(" + curve.about() + ")", 1);
      add(points, curve.kept(), curve.probability());
    }
    add(lines, "entropy of each token, of its largest", text.entropy());
    add(lines, "size of the likelihood ratio of each token, of its largest", sizes(text.ratio()));
    return node;
  }

  private static List<Double> sizes(List<Double> values) {
    return values.stream().map(Math::abs).toList();
  }

  private static void add(ArrayNode lines, String name, List<Double> values) {
    if (!values.isEmpty()) {
      double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
      ArrayNode points = line(lines, name + " (" + Numbers.share(most) + " nats)", most);
      add(points, IntStream.range(0, values.size()).boxed().toList(), values);
    }
  }

  private static ArrayNode line(ArrayNode lines, String name, double most) {
    ObjectNode line = lines.addObject().put("name", name).put("most", Math.max(1e-9, most));
    return line.putArray("points");
  }

  private static void add(ArrayNode points, List<Integer> kept, List<Double> values) {
    int every = Math.max(1, Math.ceilDiv(kept.size(), POINTS));
    for (int i = 0; i < kept.size(); i += every) {
      points.addArray().add(kept.get(i)).add(Numbers.snapped(values.get(i)));
    }
  }
}
