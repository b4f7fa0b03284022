package criticalwindows.intervene;

import criticalwindows.cot.CutScripts;
import criticalwindows.dataset.Problem;
import criticalwindows.model.Model;
import criticalwindows.model.Tokens;
import criticalwindows.rollout.Course;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Protocol;
import criticalwindows.rollout.Sample;
import criticalwindows.rollout.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Edits in rounds: a token is drawn anew, one token at a time, until enough draws differ from what
/// stands there; then each of those is gone on with.
public final class EditProtocol implements Protocol {
  private final Edits wanted;
  private final CutScripts scripts;

  /// @param scripts by [Edits#settings]
  public EditProtocol(Edits wanted, CutScripts scripts) {
    this.wanted = wanted;
    this.scripts = scripts;
  }

  @Override
  public Model model() {
    return scripts.model();
  }

  @Override
  public int mostTokens(Problem problem) {
    int more =
        wanted
            .of(problem)
            .map(Edit::change)
            .filter(Edit.Change.Replaced.class::isInstance)
            .map(change -> tokens((Edit.Change.Replaced) change).size())
            .orElse(0);
    return scripts.mostTokens(problem) + more + 1;
  }

  private Tokens tokens(Edit.Change.Replaced replaced) {
    return model().vocabulary().encode(replaced.text());
  }

  @Override
  public int mostScripts() {
    return Integer.MAX_VALUE;
  }

  @Override
  public int aboutScripts() {
    return 3 * atOnce();
  }

  @Override
  public int atOnce() {
    return 2 * wanted.edits().stream().mapToInt(Edit::samples).max().orElse(1);
  }

  @Override
  public Course begin(Problem problem) {
    return new Rounds(wanted.of(problem));
  }

  /// A round asks for all that the rounds before it, as a whole, leave wanting.
  private final class Rounds implements Course {
    private final Optional<Edit> edit;
    private final Map<Key, Sample> ended = new HashMap<>();
    private final Set<Key> missing = new HashSet<>();

    Rounds(Optional<Edit> edit) {
      this.edit = edit;
    }

    @Override
    public List<Task> next() {
      if (!missing.isEmpty()) {
        return List.of();
      }
      List<Task> tasks =
          edit.map(this::all).orElse(List.of()).stream()
              .filter(task -> !ended.containsKey(task.key()))
              .toList();
      tasks.forEach(task -> missing.add(task.key()));
      return tasks;
    }

    @Override
    public void ended(Key key, List<Sample> rows) {
      ended.put(key, rows.getFirst());
      missing.remove(key);
    }

    /// All that is known to be wanted so far.
    private List<Task> all(Edit edit) {
      List<Task> tasks = new ArrayList<>();
      IntStream.range(0, edit.samples())
          .mapToObj(i -> scripts.begun(edit.kept(i), edit.problem(), edit.through()))
          .forEach(tasks::add);
      switch (edit.change()) {
        case Edit.Change.Replaced replaced -> {
          Tokens begun = edit.before().plus(tokens(replaced));
          IntStream.range(0, edit.samples())
              .mapToObj(i -> scripts.begun(edit.replaced(i), edit.problem(), begun))
              .forEach(tasks::add);
        }
        case Edit.Change.Redrawn redrawn -> tasks.addAll(redrawn(edit));
      }
      return tasks;
    }

    private List<Task> redrawn(Edit edit) {
      List<Sample> draws = draws(edit);
      List<Task> tasks = new ArrayList<>();
      List<Integer> others =
          IntStream.range(0, draws.size())
              .filter(i -> edit.differs(draws.get(i)))
              .limit(edit.samples())
              .boxed()
              .toList();
      others.forEach(i -> goOn(edit, edit.redrawn(i), draws.get(i)).ifPresent(tasks::add));
      int more = more(edit, draws.size(), others.size());
      IntStream.range(draws.size(), draws.size() + more)
          .mapToObj(i -> scripts.token(edit.drawn(i), edit.problem(), edit.before()))
          .forEach(tasks::add);
      return tasks;
    }

    private Optional<Task> goOn(Edit edit, Key key, Sample draw) {
      return draw.tokens().isEmpty()
          ? scripts.ended(key, edit.problem(), edit.before())
          : Optional.of(scripts.begun(key, edit.problem(), edit.before().plus(draw.tokens())));
    }

    private List<Sample> draws(Edit edit) {
      List<Sample> draws = new ArrayList<>();
      while (ended.containsKey(edit.drawn(draws.size()))) {
        draws.add(Objects.requireNonNull(ended.get(edit.drawn(draws.size()))));
      }
      return draws;
    }

    /// About as many draws as it takes until enough differ, by the share that did so far.
    private int more(Edit edit, int draws, int others) {
      int lacking = edit.samples() - others;
      double share = (others + 1.0) / (draws + 1);
      int about = (int) Math.ceil(lacking / share);
      return Math.min(about, edit.tries() - draws);
    }
  }
}
