package criticalwindows.form;

import criticalwindows.dataset.Problem;
import criticalwindows.model.Model;
import criticalwindows.rollout.Course;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Protocol;
import criticalwindows.rollout.Sample;
import criticalwindows.rollout.Task;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A form three ways: whole texts to condition on, every combination scored, and continuations from
/// before and behind each choice of the target's text.
public record FormProtocol(FormScripts scripts) implements Protocol {
  @Override
  public Model model() {
    return scripts.model();
  }

  @Override
  public int mostTokens(Problem form) {
    return scripts.mostTokens(form);
  }

  /// How many it takes depends on the cuts of a text, which its tokens decide.
  @Override
  public int mostScripts() {
    return Integer.MAX_VALUE;
  }

  @Override
  public int aboutScripts() {
    return scripts.settings().texts() + 7 * scripts.settings().samples();
  }

  @Override
  public int atOnce() {
    return scripts.settings().texts();
  }

  @Override
  public Course begin(Problem form) {
    return new Stages(scripts, form);
  }

  /// Texts, then scores, then continuations; each stage rests on the whole of the one before it.
  private static final class Stages implements Course {
    private static final Comparator<Sample> ORDER = Comparator.comparing(Sample::key);

    private final FormScripts scripts;
    private final Problem form;
    private final TreeSet<Sample> rows = new TreeSet<>(ORDER);
    private final Set<Key> missing = new HashSet<>();
    private Stage stage = Stage.TEXTS;

    private enum Stage {
      TEXTS,
      SCORES,
      CONTINUATIONS,
      END
    }

    Stages(FormScripts scripts, Problem form) {
      this.scripts = scripts;
      this.form = form;
    }

    @Override
    public List<Task> next() {
      if (!missing.isEmpty()) {
        return List.of();
      }
      List<Task> tasks =
          switch (stage) {
            case TEXTS -> scripts.texts(form);
            case SCORES -> scripts.given(form, wanted(read()));
            case CONTINUATIONS -> continuations(read());
            case END -> List.of();
          };
      tasks.forEach(task -> missing.add(task.key()));
      stage = tasks.isEmpty() ? Stage.END : after(stage);
      return tasks;
    }

    private static Stage after(Stage stage) {
      return switch (stage) {
        case TEXTS -> Stage.SCORES;
        case SCORES -> Stage.CONTINUATIONS;
        case CONTINUATIONS, END -> Stage.END;
      };
    }

    private FormFinding read() {
      return FormFinding.of(form, List.copyOf(rows), scripts.settings());
    }

    /// The texts of every combination, or the target's alone where they are too many, or where
    /// texts are not drawn from what a model scores; none without a target.
    private List<String> wanted(FormFinding begun) {
      FormPrompt prompt = begun.prompt();
      List<Combination> wanted =
          FormFinding.scorable(prompt, scripts.settings()) && begun.target().isPresent()
              ? prompt.all()
              : begun.target().stream().toList();
      return wanted.stream().map(prompt::filled).toList();
    }

    private List<Task> continuations(FormFinding scored) {
      Sample text = scored.text().orElseThrow();
      return scripts.continuations(form, text.tokens(), scored.cuts());
    }

    @Override
    public void ended(Key key, List<Sample> ofScript) {
      rows.addAll(ofScript);
      missing.remove(key);
    }

    @Override
    public boolean settled() {
      return stage == Stage.END;
    }
  }
}
