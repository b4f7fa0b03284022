package criticalwindows.run;

import criticalwindows.dataset.Problem;
import criticalwindows.defence.Defence;
import criticalwindows.outcome.Continued;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import criticalwindows.rollout.Sample;
import criticalwindows.scoring.Outcomes;
import criticalwindows.store.RunFolder;
import java.util.ArrayList;
import java.util.List;

/// Has the responses of a run judged, those of each problem together.
public final class JudgedRun {
  private JudgedRun() {}

  /// Asks every outcome about every response.
  ///
  /// @return how many responses there are
  public static long score(RunFolder run, Outcomes outcomes) {
    List<Long> counts = new ArrayList<>();
    List<Defence> defences = Experiments.defences(run);
    run.ledger()
        .forEach(
            (problem, samples) -> {
              List<Said> said = new ArrayList<>();
              Scorer collecting =
                  (item, response) -> {
                    said.add(response);
                    return Outcomes.NOT_JUDGED;
                  };
              Continued.of(problem, samples, collecting);
              said.addAll(defended(samples, defences));
              judge(problem, said, outcomes);
              counts.add((long) said.size());
            });
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  private static List<Said> defended(List<Sample> samples, List<Defence> defences) {
    return samples.stream()
        .filter(Sample::cut)
        .findFirst()
        .map(
            original ->
                samples.stream()
                    .filter(row -> defences.stream().anyMatch(each -> row.key().is(each.arm())))
                    .map(row -> Defence.said(defences, List.of(row), original))
                    .toList())
        .orElse(List.of());
  }

  private static void judge(Problem problem, List<Said> said, Outcomes outcomes) {
    outcomes.all().forEach(outcome -> outcome.judge(problem, said));
  }
}
