package criticalwindows.run;

import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.Problem;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.rollout.Budget;
import criticalwindows.rollout.Sample;
import criticalwindows.store.Manifest;
import criticalwindows.store.RunFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Runs on the toy model, in folders.
final class Toys {
  static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  static final String FRACTIONS = "0,.5";
  static final String SEARCH = "search:width=.2,confidence=.9,rollouts=24";

  private Toys() {}

  static Manifest manifest(String cuts, Manifest.ModelFile file, Map<String, String> provenance) {
    CotSettings settings = new CotSettings(CutPlan.parse(cuts), 3, Sampling.PLAIN, 40, 11);
    return Manifest.of("cot", settings.asData(), file, new Manifest.Items("toy", 4))
        .with(provenance);
  }

  static Manifest.ModelFile toy() {
    return new Manifest.ModelFile(ToyModel.orderedDecisions().name(), "toy", "");
  }

  static List<Problem> problems() {
    return IntStream.range(0, 4)
        .mapToObj(i -> Problem.of("toy", "logic", "Which leaf? (" + i + ")", List.of(), "27"))
        .toList();
  }

  /// A new run, not worked on.
  static Path begun(Path folder, String cuts, Map<String, String> provenance) {
    RunFolder.create(folder, manifest(cuts, toy(), provenance), problems()).close();
    return folder;
  }

  /// Works on a run.
  static RunWork.Ended work(Path folder, Budget budget) throws InterruptedException {
    try (RunFolder run = RunFolder.resume(folder);
        Model model = ToyModel.orderedDecisions()) {
      SameModel.requireSeed(run);
      SameModel.require(run.manifest(), model);
      return new RunWork(run, model, new RunWork.Limits(budget, CLOCK), state -> {}).go();
    }
  }

  /// Every row of a run but for the wave it came in and how long it took.
  static List<Sample> rows(Path folder) {
    List<Sample> rows = new ArrayList<>();
    try (RunFolder run = RunFolder.open(folder)) {
      run.ledger().forEach((problem, samples) -> samples.forEach(s -> rows.add(timeless(s))));
    }
    return rows;
  }

  private static Sample timeless(Sample sample) {
    return new Sample(
        sample.key(),
        sample.turn(),
        sample.tokens(),
        sample.text(),
        sample.ends(),
        sample.finish(),
        sample.logProbs(),
        sample.probs(),
        sample.predictions(),
        sample.seed(),
        sample.engine(),
        1,
        Duration.ZERO);
  }
}
