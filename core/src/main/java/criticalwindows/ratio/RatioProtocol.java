package criticalwindows.ratio;

import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.model.Model;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.rollout.Course;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Protocol;
import criticalwindows.rollout.Sample;
import criticalwindows.rollout.Task;
import java.util.List;

/// What one of the two models is asked: how likely each token of a text is, from the second of its
/// prompt on, and how likely a fixed phrase would be as the beginning of the response. All by the
/// plain distribution: temperature 1, nothing masked.
///
/// @param model that scores
/// @param role of it; each has its own arms in the ledger
/// @param phrase as token ids, at least one
public record RatioProtocol(Model model, Role role, Tokens phrase) implements Protocol {
  public RatioProtocol {
    if (phrase.isEmpty()) {
      throw new IllegalArgumentException("the phrase has no tokens");
    }
  }

  @Override
  public int mostTokens(Problem item) {
    GivenText text = text(item);
    return text.prompt().size() + Math.max(phrase.size(), response(text).size());
  }

  /// The other model's scores and samples of the text are in the same ledger.
  @Override
  public int mostScripts() {
    return Integer.MAX_VALUE;
  }

  @Override
  public int aboutScripts() {
    return 2;
  }

  @Override
  public int atOnce() {
    return 2;
  }

  @Override
  public Course begin(Problem item) {
    return new Course() {
      private List<Task> asked = tasks(item);

      @Override
      public List<Task> next() {
        List<Task> now = asked;
        asked = List.of();
        return now;
      }

      @Override
      public void ended(Key key, List<Sample> rows) {}

      @Override
      public boolean settled() {
        return true;
      }
    };
  }

  /// How many scripts a model takes for an item.
  public static int scripts(Problem item) {
    GivenText text = text(item);
    return text.prompt().size() + response(text).size() > 1 ? 2 : 1;
  }

  /// How many tokens are scored of an item.
  public long scored(Problem item) {
    return tasks(item).stream()
        .mapToLong(
            task -> ((Step.Score) task.script().steps().getFirst()).alternatives().mostTokens())
        .sum();
  }

  private List<Task> tasks(Problem item) {
    GivenText text = text(item);
    Tokens first = text.prompt().prefix(1);
    Tokens rest = text.prompt().slice(1, text.prompt().size()).plus(response(text));
    Task phrased = task(new Key(item.id(), role.phrase(), 0, 0), text.prompt(), phrase);
    return rest.isEmpty()
        ? List.of(phrased)
        : List.of(task(new Key(item.id(), role.text(), 0, 0), first, rest), phrased);
  }

  private static Task task(Key key, Tokens start, Tokens scored) {
    return new Task(key, new Script(start, List.of(new Step.Score(List.of(scored))), 0));
  }

  static Tokens response(GivenText text) {
    return text.response().orElse(Tokens.none());
  }

  static GivenText text(Problem item) {
    return item.given()
        .orElseThrow(() -> new IllegalArgumentException(item.id() + " is no given text"));
  }
}
