package criticalwindows.rollout;

import criticalwindows.model.Alternatives;
import criticalwindows.model.Completion;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tasks that go to the model as one script: one, or some neighbours that score texts after the
/// same start. Texts of neighbours begin alike more often than not, and what is alike is computed
/// once.
///
/// @param tasks at least one
record Joined(List<Task> tasks) {
  /// Together they take about as long as a continuation, and several such scripts fill a batch.
  private static final int MOST = 16;

  Joined {
    tasks = List.copyOf(tasks);
  }

  /// A wave as scripts, in its order.
  static List<Joined> of(List<Task> wave) {
    List<Joined> all = new ArrayList<>();
    List<Task> some = new ArrayList<>();
    for (Task task : wave) {
      if (!some.isEmpty() && !joins(some, task)) {
        all.add(new Joined(some));
        some.clear();
      }
      some.add(task);
    }
    if (!some.isEmpty()) {
      all.add(new Joined(some));
    }
    return all;
  }

  private static boolean joins(List<Task> some, Task task) {
    Task first = some.getFirst();
    return some.size() < MOST
        && first.score().isPresent()
        && task.score().isPresent()
        && task.score().get().sampling().equals(first.score().get().sampling())
        && task.script().start().equals(first.script().start());
  }

  Script script() {
    Script first = tasks.getFirst().script();
    if (tasks.size() == 1) {
      return first;
    }
    List<Tokens> texts = tasks.stream().map(Task::scored).flatMap(Optional::stream).toList();
    Step.Score all =
        new Step.Score(
            new Alternatives(Tokens.none(), texts),
            tasks.getFirst().score().flatMap(Step.Score::sampling));
    return new Script(first.start(), List.of(all), first.seed());
  }

  /// What came of one of the tasks.
  Completion part(int task, Completion whole) {
    return tasks.size() == 1
        ? whole
        : new Completion(
            List.of(), List.of(List.of(whole.scores().getFirst().get(task))), whole.elapsed());
  }
}
