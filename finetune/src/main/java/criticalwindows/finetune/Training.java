package criticalwindows.finetune;

import criticalwindows.error.UserError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Takes a model through all steps, from wherever it was stopped. What comes out depends on the
/// data and the settings alone: not on how often it was stopped.
public final class Training {
  private final Task task;
  private final TrainingFolder folder;
  private final Watch watch;
  private final Losses losses;
  private final int steps;

  /// What is to be done.
  ///
  /// @param data at least one example to learn from, all of the objective's kind
  /// @param most tokens that are computed at once, at least 1; one example may have more
  public record Task(
      WhiteBox model, Objective objective, TrainingSettings settings, HeldOut data, int most) {
    public Task {
      if (data.train().isEmpty() || most < 1) {
        throw new IllegalArgumentException(data.train().size() + " examples, " + most + " tokens");
      }
    }
  }

  /// Hears how far a training is.
  @FunctionalInterface
  public interface Watch {
    void at(State state);
  }

  /// How far a training is.
  ///
  /// @param before what had ended when this program began
  /// @param row of the step that has just ended
  /// @param steps of the whole training
  public record State(LossRow before, LossRow row, int steps) {}

  public Training(Task task, TrainingFolder folder, Watch watch) {
    this.task = task;
    this.folder = folder;
    this.watch = watch;
    losses = new Losses(task.model(), task.objective(), task.most());
    steps = task.settings().steps(task.data().train().size());
  }

  /// Trains to the end.
  ///
  /// @throws InterruptedException if the thread is interrupted: all that was learnt is kept in a
  ///   checkpoint
  /// @throws UserError if a loss is no number, or the disk is full; the last checkpoint is kept
  public void run() throws InterruptedException {
    // The model before training is asked first: later there may be nothing left of it.
    Batches batches = new Batches(losses.lessons(task.data().train()), task.settings());
    List<Lesson> heldOut = losses.lessons(task.data().test());
    int done = folder.restore(task.model());
    LossRow before = folder.losses().stream().reduce(LossRow.NONE, (earlier, later) -> later);
    LossRow row = before;
    if (done == 0) {
      test(heldOut, 0);
    }
    for (int step = done; step < steps; step++) {
      row = step(batches.at(step), row);
      folder.add(row);
      watch.at(new State(before, row, steps));
      boolean last = row.step() == steps;
      if (last || row.step() % task.settings().testEvery() == 0) {
        test(heldOut, row.step());
      }
      boolean stopped = Thread.interrupted();
      if (last || stopped || row.step() % task.settings().saveEvery() == 0) {
        folder.save(task.model(), row.step());
      }
      if (stopped && !last) {
        throw new InterruptedException();
      }
    }
  }

  private LossRow step(List<Lesson> batch, LossRow before) {
    int step = before.step() + 1;
    double loss = losses.accumulate(batch);
    if (!Double.isFinite(loss)) {
      throw diverged("the loss is " + loss, step, batch);
    }
    double rate = task.settings().schedule().at(before.step(), steps);
    double norm = task.model().step(new AdamW.Step(task.settings().optimiser(), rate));
    if (!Double.isFinite(norm)) {
      throw diverged("the norm of the gradient is " + norm, step, batch);
    }
    long tokens = batch.stream().mapToLong(lesson -> lesson.example().tokens()).sum();
    return new LossRow(
        step, before.examples() + batch.size(), before.tokens() + tokens, loss, norm, rate);
  }

  private UserError diverged(String what, int step, List<Lesson> batch) {
    int others = batch.size() - 1;
    String place =
        batch.getFirst().example().place() + (others == 0 ? "" : " and " + others + " others");
    String kept =
        folder
            .lastStep()
            .map(last -> "the checkpoint of step " + last + " is kept")
            .orElse("there is no checkpoint yet");
    return new UserError(
        what + " at step " + step + " of " + steps + ", on " + place + "; " + kept,
        "train into a new folder with a lower --rate, or look at those lines");
  }

  /// Writes down the loss of each held-out item.
  private void test(List<Lesson> lessons, int step) {
    List<Double> sums = losses.sums(lessons);
    Map<String, ItemLoss> items = new LinkedHashMap<>();
    for (int i = 0; i < lessons.size(); i++) {
      Example example = lessons.get(i).example();
      double mass = task.objective().mass(example);
      items.merge(
          example.item(), new ItemLoss(step, example.item(), sums.get(i), mass), ItemLoss::plus);
    }
    folder.add(List.copyOf(items.values()));
  }
}
