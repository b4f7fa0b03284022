package criticalwindows.rollout;

import criticalwindows.model.Completion;
import criticalwindows.model.Model;
import java.util.List;

/// Runs scripts in waves, each into the ledger as it ends, until a budget is spent: what every
/// experiment has in common.
public final class Waves {
  private final Model model;
  private final Ledger ledger;
  private final Meter meter;
  private final WaveWriter writer;

  public Waves(Model model, Ledger ledger, Meter meter) {
    this.model = model;
    this.ledger = ledger;
    this.meter = meter;
    this.writer = new WaveWriter(model, ledger, meter.clock());
  }

  /// Hears what became of each script.
  public interface Outcome {
    void ended(Task task, Completion completion);

    /// It can never succeed, and is recorded as that.
    void failed(Task task);
  }

  /// Runs one wave. Whatever stops it, what has ended is in the ledger.
  ///
  /// @throws InterruptedException if the thread was interrupted, but not by the budget's end
  public void run(List<Task> wave, Outcome outcome) throws InterruptedException {
    try {
      begin(wave, outcome);
    } finally {
      writer.commit();
    }
  }

  /// As [#run], but where the model computes elsewhere, what has ended may still be on its way into
  /// the ledger: the next wave can begin meanwhile. After the last one, and whatever stops it, the
  /// caller commits.
  public void runAhead(List<Task> wave, Outcome outcome) throws InterruptedException {
    if (model.elsewhere()) {
      begin(wave, outcome);
    } else {
      run(wave, outcome);
    }
  }

  private void begin(List<Task> wave, Outcome outcome) throws InterruptedException {
    try {
      model.run(wave.stream().map(Task::script).toList(), new Sink(wave, outcome));
    } catch (InterruptedException e) {
      if (!meter.spent()) {
        throw e;
      }
    } finally {
      writer.begin();
    }
    // Where the wave ended by itself, the interrupt that was to stop it has stopped nothing.
    if (meter.spent()) {
      Thread.interrupted();
    }
  }

  public WaveWriter writer() {
    return writer;
  }

  private final class Sink implements Model.Sink {
    private final List<Task> wave;
    private final Outcome outcome;

    Sink(List<Task> wave, Outcome outcome) {
      this.wave = wave;
      this.outcome = outcome;
    }

    @Override
    public void finished(int index, Completion completion) {
      Task task = wave.get(index);
      meter.ended(writer.add(task, completion));
      outcome.ended(task, completion);
      if (meter.spent()) {
        // What is in flight is dropped: a model stops at an interrupt, between two of its steps.
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void failed(int index, String reason) {
      Task task = wave.get(index);
      ledger.failed(task.key(), reason);
      outcome.failed(task);
    }
  }
}
