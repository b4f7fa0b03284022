package criticalwindows.form;

import criticalwindows.dataset.Problem;
import criticalwindows.model.Completion;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Tokens;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Ledger;
import criticalwindows.rollout.Meter;
import criticalwindows.rollout.Progress;
import criticalwindows.rollout.Sample;
import criticalwindows.rollout.Task;
import criticalwindows.rollout.Waves;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A form three ways: whole texts to condition on, every combination scored, and continuations from
/// before and behind each choice of the target's text.
public final class StructuredForm {
  /// Combinations that are scored before they are committed.
  private static final int BATCH = 64;

  /// Scripts in a wave, in widths of the model.
  private static final int WIDTHS = 4;

  private final FormScripts scripts;
  private final Ledger ledger;
  private final Progress progress;
  private final Meter meter;
  private final Waves waves;
  private final Set<Key> done;
  private int problemsDone;
  private long scriptsDone;
  private long scriptsKnown;

  private StructuredForm(
      FormScripts scripts, Ledger ledger, InstantSource clock, Progress progress) {
    this.scripts = scripts;
    this.ledger = ledger;
    this.progress = progress;
    this.meter = Meter.unlimited(clock);
    this.waves = new Waves(scripts.model(), ledger, meter);
    this.done = new HashSet<>(ledger.keys());
  }

  /// Runs what the ledger does not hold yet. What has ended when the thread is interrupted is
  /// there.
  ///
  /// @param clock for committing a long wave in parts; it has no influence on any sample
  /// @throws InterruptedException if the thread was interrupted; another run goes on from here
  public static void run(FormScripts scripts, Ledger ledger, InstantSource clock, Progress progress)
      throws InterruptedException {
    StructuredForm form = new StructuredForm(scripts, ledger, clock, progress);
    int width = scripts.width(ledger.problems());
    for (Problem problem : ledger.problems()) {
      form.fill(problem, width);
    }
  }

  private void fill(Problem problem, int width) throws InterruptedException {
    sample(scripts.texts(problem), width);
    FormFinding begun = finding(problem);
    if (begun.target().isPresent()) {
      score(problem, begun.prompt(), begun.target().get());
      FormFinding scored = finding(problem);
      Sample text = scored.text().orElseThrow();
      sample(scripts.continuations(problem, text.tokens(), scored.cuts()), width);
    }
    problemsDone++;
    report();
  }

  private FormFinding finding(Problem problem) {
    return FormFinding.of(problem, ledger.samples(problem.id()), scripts.settings());
  }

  private void sample(List<Task> tasks, int width) throws InterruptedException {
    List<Task> left = tasks.stream().filter(task -> !done.contains(task.key())).toList();
    scriptsKnown += tasks.size();
    scriptsDone += tasks.size() - left.size();
    for (int from = 0; from < left.size(); from += WIDTHS * width) {
      waves.run(left.subList(from, Math.min(left.size(), from + WIDTHS * width)), new Taken());
    }
  }

  /// What comes of a wave.
  private final class Taken implements Waves.Outcome {
    @Override
    public void ended(Task task, Completion completion) {
      done.add(task.key());
      scriptsDone++;
      report();
    }

    @Override
    public void failed(Task task) {
      scriptsDone++;
      report();
    }
  }

  /// Scores every combination, or the target alone where they are too many, or where texts are not
  /// drawn from what a model scores.
  private void score(Problem problem, FormPrompt prompt, Combination target)
      throws InterruptedException {
    List<Combination> wanted = new ArrayList<>();
    if (FormFinding.scorable(prompt, scripts.settings())) {
      wanted.addAll(prompt.all());
    } else {
      wanted.add(target);
    }
    try {
      scriptsKnown += wanted.size();
      for (int i = 0; i < wanted.size(); i++) {
        score(problem, prompt.filled(wanted.get(i)), i);
        if (i % BATCH == BATCH - 1) {
          waves.writer().commit();
        }
      }
    } finally {
      waves.writer().commit();
    }
  }

  private void score(Problem problem, String text, int index) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("stopped before combination " + index);
    }
    Key key = Key.given(problem.id(), index);
    if (done.add(key)) {
      Tokens tokens = scripts.encode(text);
      LogProbs scores = scripts.score(problem, tokens);
      waves.writer().given(key, tokens, scores);
    }
    scriptsDone++;
    report();
  }

  private void report() {
    int all = ledger.problems().size();
    progress.at(
        new Progress.State(
            problemsDone, all, scriptsDone, scriptsKnown, meter.spending().tokens()));
  }
}
