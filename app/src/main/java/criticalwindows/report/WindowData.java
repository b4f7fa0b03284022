package criticalwindows.report;

import criticalwindows.cot.CotFinding;
import criticalwindows.localise.ClassChange;
import criticalwindows.localise.Credible;
import criticalwindows.localise.Episode;
import criticalwindows.localise.Verdict;
import criticalwindows.localise.WindowPosterior;
import criticalwindows.view.Numbers;
import criticalwindows.window.WindowFinding;
import criticalwindows.window.WindowStudy;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the window model says of a run, as the page's script reads it.
final class WindowData {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private WindowData() {}

  /// For the whole run.
  static ObjectNode summary(WindowStudy study) {
    ObjectNode node = JSON.objectNode();
    node.put("survive", study.count(Verdict.CLAIMED));
    node.put("unsure", study.count(Verdict.UNSURE));
    node.put("before", study.count(Verdict.BEFORE));
    if (study.scatter().wide()) {
      node.put("scatter", Numbers.snapped(study.scatter().correlation()));
    }
    node.put("problems", study.byProblem().size());
    node.put("rollouts", study.rollouts());
    return node;
  }

  /// For one problem.
  ///
  /// @param of the problem's own finding
  static ObjectNode problem(WindowFinding finding, WindowStudy study, CotFinding of) {
    ObjectNode node = JSON.objectNode();
    node.put("none", Numbers.snapped(finding.noWindow()));
    node.put("q", Numbers.snapped(rate(study.q(of).orElse(1.0))));
    Verdict verdict = study.verdict(of).orElse(finding.verdict());
    node.put("verdict", verdict.name());
    node.put("claimed", verdict == Verdict.CLAIMED);
    node.put("averaged", study.averaged(of));
    node.put("gradual", finding.gradual());
    node.put("stating", finding.stating(of));
    node.put("rollouts", finding.rollouts());
    node.set("window", window(finding.window()));
    ArrayNode others = node.putArray("others");
    finding.others().forEach(window -> others.add(window(window)));
    node.set("curve", curve(finding.curve()));
    ArrayNode classes = node.putArray("classes");
    finding.classes().forEach(change -> classes.add(change(change)));
    return node;
  }

  private static ObjectNode window(Episode window) {
    ObjectNode node = JSON.objectNode();
    node.set("place", credible(window.place()));
    node.set("from", credible(window.from()));
    node.set("to", credible(window.to()));
    node.set("width", credible(window.width()));
    node.set("rise", credible(window.rise()));
    return node;
  }

  /// Mean, low, high and the interval's probability.
  private static ArrayNode credible(Credible known) {
    return JSON.arrayNode()
        .add(Numbers.snapped(known.mean()))
        .add(Numbers.snapped(known.interval().low()))
        .add(Numbers.snapped(known.interval().high()))
        .add(Numbers.snapped(known.probability()));
  }

  /// Tokens kept, mean, and the band's ends.
  private static ArrayNode curve(List<WindowPosterior.Point> curve) {
    ArrayNode points = JSON.arrayNode();
    for (WindowPosterior.Point point : curve) {
      points
          .addArray()
          .add(point.position())
          .add(Numbers.snapped(point.mean()))
          .add(Numbers.snapped(point.band().low()))
          .add(Numbers.snapped(point.band().high()));
    }
    return points;
  }

  /// The answer, its share before and after, and its gain with an interval.
  private static ArrayNode change(ClassChange change) {
    return JSON.arrayNode()
        .add(change.name())
        .add(Numbers.snapped(change.before()))
        .add(Numbers.snapped(change.after()))
        .add(Numbers.snapped(change.gain().interval().low()))
        .add(Numbers.snapped(change.gain().interval().high()));
  }

  /// A rate of false discoveries as it is shown: small as it may be, samples never make it 0.
  static double rate(double q) {
    return Math.max(q, 1e-6);
  }
}
