package criticalwindows.probestudy;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Site;
import criticalwindows.llamacpp.LlamaActivations;
import criticalwindows.study.Lab;
import criticalwindows.study.TrainingStudy.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// How much [ProbesStudy] computes.
///
/// @param base the model whose answers are read, which is the unaligned one too
/// @param aligned the model whose refusals are read
/// @param problems with options, a multiple of four
/// @param cuts of a response, as tokens kept divided by its length
/// @param rollouts continuations of each cut
/// @param every so many layers are read, from the last one down
/// @param folds of the problems
/// @param penalties that are tried, from the strongest
/// @param requests of each family, forbidden
/// @param harmless requests, a multiple of the number of families
/// @param steered forbidden requests that a steered model is asked
/// @param replies to each of them
/// @param watched harmless requests by which a threshold is chosen; half as many others check it
/// @param slow forbidden requests of each family whose replies hesitate
record ProbesScale(
    String base,
    String aligned,
    int problems,
    String cuts,
    int rollouts,
    int every,
    int folds,
    List<Double> penalties,
    int requests,
    int harmless,
    int steered,
    int replies,
    int watched,
    int slow) {
  /// In standard deviations of the projection on the direction.
  static final List<Integer> SCALES = List.of(-8, -4, -2, 0, 2, 4, 8);

  private static final ProbesScale SMALL =
      new ProbesScale(
          "small-base",
          "small-aligned",
          16,
          "0,.25,.5,.75",
          4,
          4,
          3,
          List.of(1.0, .1, .01),
          6,
          20,
          6,
          2,
          100,
          10);
  private static final ProbesScale PUBLISHED =
      new ProbesScale(
          "base",
          "aligned",
          400,
          "0,.125,.25,.375,.5,.625,.75,.875",
          8,
          1,
          5,
          List.of(1.0, .3, .1, .03, .01, .003),
          100,
          500,
          100,
          4,
          1000,
          500);

  static ProbesScale of(Size size) {
    return size == Size.SMALL ? SMALL : PUBLISHED;
  }

  /// The layers of a model, of which some may be passed over, at some sites.
  List<HookPoint> hooks(Lab lab, String model, List<Site> sites) {
    int layers;
    HookPoint first = new HookPoint(Site.RESIDUAL, 1);
    try (LlamaActivations reader = lab.reader(model, List.of(first), 1)) {
      layers = reader.layers();
    }
    return IntStream.rangeClosed(1, layers)
        .filter(layer -> (layers - layer) % every == 0)
        .boxed()
        .flatMap(layer -> sites.stream().map(site -> new HookPoint(site, layer)))
        .toList();
  }

  /// For the page.
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("base", base);
    settings.put("aligned", aligned);
    settings.put("problems with options", Integer.toString(problems));
    settings.put("cuts of a response", cuts);
    settings.put("continuations of each cut", Integer.toString(rollouts));
    settings.put("layers that are read", every == 1 ? "all" : "one in " + every);
    settings.put("folds of problems", Integer.toString(folds));
    settings.put("penalties", penalties.toString());
    settings.put("forbidden requests of each family", Integer.toString(requests));
    settings.put("harmless requests", Integer.toString(harmless));
    settings.put("requests to a steered model", Integer.toString(steered));
    settings.put("replies to each", Integer.toString(replies));
    settings.put("harmless requests for thresholds", Integer.toString(watched));
    settings.put("requests of each family for lead times", Integer.toString(slow));
    return settings;
  }
}
