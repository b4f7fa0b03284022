package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.dataset.Problem;
import criticalwindows.form.FormPrompt;
import criticalwindows.form.FormProtocol;
import criticalwindows.form.FormScripts;
import criticalwindows.form.FormSettings;
import criticalwindows.model.Models;
import criticalwindows.model.Sampling;
import criticalwindows.model.Tokens;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Progress;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// All combinations of a form, scored on the built-in model.
class FormScoringTest {
  private static final int BLANKS = 10;

  private final FormPrompt prompt =
      FormPrompt.parse(
          "Complete these sentences.\n\n"
              + "The (cat/dog) saw a (red/blue) box and a (big/small) car. "
              + "Then (she/he) went (up/down) to the (old/new) house, "
              + "and (two/six) boys had (one/no) ball (in/on) the (tree/lake).");

  private final FormSettings settings =
      new FormSettings(
          1,
          1,
          Sampling.PLAIN,
          80,
          List.of("cat", "red", "big", "she", "up", "old", "two", "one", "in", "tree"),
          3);

  /// One by one, each combination would take a whole prompt and a whole text, and a batch at least.
  @Test
  void combinationsShareTheirBeginningsAndTheirBatchesAndAreSeenToProgress()
      throws InterruptedException {
    Problem problem = FormScripts.problem("mine", prompt);
    MemoryLedger ledger = new MemoryLedger(List.of(problem));
    List<Progress.State> states = new ArrayList<>();
    try (LlamaModel model = BuiltIn.open(24)) {
      Runner.run(
          new FormProtocol(new FormScripts(model, settings)),
          ledger,
          () -> Instant.EPOCH,
          states::add);
      Tokens start = new Prompter(model, PromptSet.standard()).request(prompt.request());
      List<Sample> given =
          ledger.samples(problem.id()).stream()
              .filter(row -> row.key().equals(Key.given(problem.id(), row.key().index())))
              .toList();
      assertThat(given).hasSize(1 << BLANKS);
      long tokens = given.stream().mapToLong(row -> start.size() + row.tokens().size()).sum();
      Counters counters = model.counters();
      assertThat(counters.computedTokens()).isLessThan(tokens / 8);
      assertThat(counters.decodes()).isLessThan(given.size() / 2);
      for (int index : List.of(0, 77, 1023)) {
        Sample row = given.get(index);
        assertThat(row.text()).isEqualTo(prompt.filled(prompt.all().get(index)));
        double alone = Models.score(model, start, row.tokens()).sum();
        assertThat(row.logProbs().sum()).isCloseTo(alone, within(.05));
      }
    }
    List<Long> done = states.stream().map(Progress.State::scriptsDone).distinct().toList();
    assertThat(done).hasSizeGreaterThanOrEqualTo((1 << BLANKS) / 16);
    assertThat(Collections.max(done)).isEqualTo(states.getLast().scripts());
  }
}
