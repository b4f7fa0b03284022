package criticalwindows.defence;

import criticalwindows.cot.CutScripts;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.model.Model;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.noise.Cut;
import criticalwindows.outcome.Scorer;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Course;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Protocol;
import criticalwindows.rollout.Sample;
import criticalwindows.rollout.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Fixed cuts, and at each of them as many replies under each defence. A reply under a header is a
/// plain one with its checks, so both are compared draw by draw; it asks for a check only where the
/// one before it did not end it.
public final class DefendedCuts implements Protocol {
  private final CutScripts scripts;
  private final Scorer scorer;
  private final Tokens header;
  private final List<Checks> checked = new ArrayList<>();
  private final List<Defence.Hint> hints = new ArrayList<>();

  /// @param scorer that follows a class
  /// @throws UserError if the model's chat template has no header
  public DefendedCuts(CutScripts scripts, List<Defence> defences, Scorer scorer) {
    this.scripts = scripts;
    this.scorer = scorer;
    for (Defence defence : defences) {
      switch (defence) {
        case Defence.Header each -> checked.add(Checks.of(each, scripts.settings().maxTokens()));
        case Defence.Hint hint -> hints.add(hint);
      }
    }
    this.header = checked.isEmpty() ? Tokens.none() : header(scripts.model());
  }

  private static Tokens header(Model model) {
    Tokens header = new Prompter(model, PromptSet.standard()).header();
    if (header.isEmpty()) {
      throw new UserError(
          "the chat template of " + model.name() + " writes nothing before a reply",
          "leave --defence header:K out, or name another style with --chat-template");
    }
    return header;
  }

  /// The most tokens that defences put beside a response.
  public static int besides(Model model, List<Defence> defences) {
    boolean any = defences.stream().anyMatch(each -> each instanceof Defence.Header);
    return any ? header(model).size() + Defence.Header.TOKENS : 0;
  }

  @Override
  public Model model() {
    return scripts.model();
  }

  @Override
  public int mostTokens(Problem item) {
    int anew = checked.isEmpty() ? 0 : header.size() + Defence.Header.TOKENS;
    int hinted = hints.stream().mapToInt(hint -> tokens(hint, 1).size()).max().orElse(0);
    return scripts.mostTokens(item) + Math.max(anew, hinted);
  }

  private Tokens tokens(Defence.Hint hint, int kept) {
    return model().vocabulary().encode(hint.behind(kept));
  }

  @Override
  public int mostScripts() {
    long plain = scripts.mostPerProblem();
    long checks = checked.stream().mapToLong(Checks::perReply).sum();
    return (int) Math.min(Integer.MAX_VALUE, plain * (1 + hints.size() + checks));
  }

  @Override
  public int aboutScripts() {
    return scripts.mostPerProblem() * (1 + hints.size() + 2 * checked.size());
  }

  @Override
  public int atOnce() {
    return scripts.mostPerProblem() * (1 + hints.size());
  }

  @Override
  public Reads reads() {
    return checked.isEmpty() ? Reads.ORIGINALS : Reads.ALL;
  }

  @Override
  public Course begin(Problem item) {
    return new Defended(item);
  }

  private final class Defended implements Course {
    private final Problem item;
    private final Course plain;
    private final Map<Key, Tokens> replies = new HashMap<>();
    private final List<Task> due = new ArrayList<>();
    private Optional<Tokens> response = Optional.empty();

    Defended(Problem item) {
      this.item = item;
      this.plain = new FixedCuts(scripts).begin(item);
    }

    @Override
    public List<Task> next() {
      List<Task> tasks = new ArrayList<>(plain.next());
      tasks.addAll(due);
      due.clear();
      return tasks;
    }

    @Override
    public boolean settled() {
      return checked.isEmpty() && plain.settled();
    }

    @Override
    public void ended(Key key, List<Sample> rows) {
      plain.ended(key, rows);
      Sample first = rows.getFirst();
      if (key.is(Arm.ORIGINAL)) {
        response = Optional.of(first.tokens());
        hint(first.tokens());
      } else if (key.is(Arm.RESAMPLE)) {
        replies.put(key, first.tokens());
        checked.forEach(checks -> check(checks, key, 1));
      } else {
        checked.stream()
            .filter(checks -> key.is(checks.header().arm()))
            .filter(checks -> !Checks.ends(item, first, scorer))
            .forEach(checks -> check(checks, checks.reply(key), 1 + checks.number(key)));
      }
    }

    private void hint(Tokens original) {
      for (Defence.Hint hint : hints) {
        scripts.cuts(scripts.rollout(item, original)).stream()
            .map(Cut::kept)
            .distinct()
            .flatMap(
                kept -> {
                  Tokens begun = original.prefix(kept).plus(tokens(hint, kept));
                  return IntStream.range(0, scripts.settings().samples())
                      .mapToObj(i -> new Key(item.id(), hint.arm(), kept, i))
                      .map(key -> scripts.begun(key, item, begun));
                })
            .forEach(due::add);
      }
    }

    /// Begins a reply anew behind the header, where the plain one has got so far.
    private void check(Checks checks, Key reply, int number) {
      Tokens written = replies.getOrDefault(reply, Tokens.none());
      if (checks.has(number, written.size())) {
        Tokens begun =
            response.orElseThrow().prefix(reply.kept()).plus(written.prefix(checks.place(number)));
        due.add(anew(checks.key(reply, number), begun));
      }
    }

    private Task anew(Key key, Tokens begun) {
      Script whole = scripts.begun(key, item, begun).script();
      if (!(whole.steps().getFirst() instanceof Step.Sample goOn)) {
        throw new IllegalStateException("a thought with a limit has no header");
      }
      Step reply = new Step.Sample(goOn.sampling(), Defence.Header.TOKENS, goOn.stops());
      return new Task(key, new Script(whole.start().plus(header), List.of(reply), whole.seed()));
    }
  }
}
