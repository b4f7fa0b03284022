package criticalwindows.report;

import criticalwindows.exact.CurveStep;
import criticalwindows.exact.Distance;
import criticalwindows.exact.ExactFinding;
import criticalwindows.exact.ExactStudy;
import criticalwindows.view.Numbers;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What is exactly known of a run on the world, as the page's script reads it.
final class ExactData {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ExactData() {}

  /// For the whole run.
  static ObjectNode summary(ExactStudy exact) {
    ObjectNode node = JSON.objectNode();
    node.put("drawn", exact.drawn());
    node.put("outside", exact.outside());
    node.put("unread", exact.unread());
    node.put("comparable", exact.comparable());
    if (exact.cutOff() > 0) {
      node.put("cutOff", exact.cutOff());
    }
    if (exact.distance().known()) {
      node.set("distance", distance(exact.distance()));
    }
    return node;
  }

  /// For one problem.
  static ObjectNode problem(ExactFinding finding, ExactStudy exact) {
    ObjectNode node = JSON.objectNode();
    switch (finding) {
      case ExactFinding.Unread unread -> node.put("unread", true);
      case ExactFinding.Outside outside -> node.put("outside", outside.kept());
      case ExactFinding.Drawn drawn -> {
        node.set("curve", curve(drawn.curve()));
        ArrayNode steps = node.putArray("steps");
        drawn.steps().forEach(step -> steps.add(step(step)));
        drawn.decisive().ifPresent(step -> node.put("decisive", drawn.steps().indexOf(step)));
        if (exact.comparable() && drawn.distance().known()) {
          node.set("distance", distance(drawn.distance()));
        }
      }
    }
    return node;
  }

  /// Tokens kept and the probability there, where it changes before or after; a straight line
  /// between.
  private static ArrayNode curve(List<Double> curve) {
    ArrayNode points = JSON.arrayNode();
    for (int kept = 0; kept < curve.size(); kept++) {
      double here = Numbers.snapped(curve.get(kept));
      boolean first = kept == 0 || here != Numbers.snapped(curve.get(kept - 1));
      boolean last = kept == curve.size() - 1 || here != Numbers.snapped(curve.get(kept + 1));
      if (first || last) {
        points.addArray().add(kept).add(here);
      }
    }
    return points;
  }

  /// The token's place, the rise, and where they are known the decision's name and the probability
  /// of the way it went.
  private static ArrayNode step(CurveStep step) {
    ArrayNode node = JSON.arrayNode().add(step.kept()).add(Numbers.snapped(step.rise()));
    step.decision().ifPresent(decision -> node.add(decision.name()));
    step.probability().ifPresent(probability -> node.add(Numbers.snapped(probability)));
    return node;
  }

  /// Cells, mean distance, the noise's mean, and the ends of its range.
  private static ArrayNode distance(Distance distance) {
    return JSON.arrayNode()
        .add(distance.cells())
        .add(Numbers.snapped(distance.mean()))
        .add(Numbers.snapped(distance.noise()))
        .add(Numbers.snapped(distance.range().low()))
        .add(Numbers.snapped(distance.range().high()));
  }
}
