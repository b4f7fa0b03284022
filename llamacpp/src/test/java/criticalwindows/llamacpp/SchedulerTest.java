package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.model.Alternatives;
import criticalwindows.model.Completion;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Models;
import criticalwindows.model.Naming;
import criticalwindows.model.Sampled;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.model.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is computed and what is not, and that no plan of places changes what comes out.
class SchedulerTest {
  private static final int[] KEPT = {1, 3, 8, 12, 17, 20};

  @Test
  void scriptsWithOneStartComputeItOnce() throws InterruptedException {
    try (LlamaModel model = BuiltIn.open(24)) {
      Tokens start = start(model, 17);
      List<Completion> completions = Models.run(model, plain(start, 10, 6));
      assertThat(model.counters().computedTokens()).isEqualTo(start.size() + readBack(completions));
      assertThat(model.counters().sampledTokens()).isEqualTo(sampled(completions));
    }
  }

  @Test
  void cutsOfAKeptOriginalComputeOneTokenEach() throws InterruptedException {
    try (LlamaModel model = BuiltIn.open(24)) {
      Tokens start = start(model, 17);
      Tokens response = original(model, start).last().tokens();
      Counters before = model.counters();
      List<Script> scripts = new ArrayList<>();
      for (int kept : KEPT) {
        scripts.addAll(plain(start.plus(response.prefix(kept)), 5, 4));
      }
      List<Completion> completions = Models.run(model, scripts);
      assertThat(model.counters().since(before).computedTokens())
          .isEqualTo(KEPT.length + readBack(completions));
    }
  }

  @Test
  void theCutAtNothingComputesNothing() throws InterruptedException {
    try (LlamaModel model = BuiltIn.open(24)) {
      Tokens start = start(model, 17);
      original(model, start);
      Counters before = model.counters();
      List<Completion> completions = Models.run(model, plain(start, 5, 4));
      assertThat(model.counters().since(before).computedTokens()).isEqualTo(readBack(completions));
    }
  }

  @Test
  void stumpsComputeOnlyWhatTheyAreFed() throws InterruptedException {
    try (LlamaModel model = BuiltIn.open(24)) {
      Tokens start = start(model, 17);
      Tokens response = original(model, start).last().tokens();
      Tokens followUp = BuiltIn.followUp(model.vocabulary());
      Counters before = model.counters();
      List<Script> scripts = new ArrayList<>();
      for (int kept : KEPT) {
        Tokens from = start.plus(response.prefix(kept));
        scripts.add(new Script(from, List.of(new Step.Feed(followUp), greedy(4)), 0L));
      }
      List<Completion> completions = Models.run(model, scripts);
      assertThat(model.counters().since(before).computedTokens())
          .isEqualTo((long) KEPT.length * followUp.size() + readBack(completions));
    }
  }

  /// Of texts that begin alike every token is computed once, and what two readings share is
  /// computed once for both; the last tokens never are.
  @Test
  void readingAsideComputesOnlyWhatTheTextsAdd() throws InterruptedException {
    try (LlamaModel model = BuiltIn.open(24)) {
      Tokens start = start(model, 17);
      Tokens written = original(model, start).last().tokens();
      Step.Sample reply = new Step.Sample(Sampling.GREEDY, 8, Set.of());
      Script plain = new Script(start, List.of(new Step.Feed(written), reply), 0L);
      Counters before = model.counters();
      Completion unread = Models.run(model, plain);
      Counters between = model.counters();
      Vocabulary vocabulary = model.vocabulary();
      String text = vocabulary.decode(unread.last().tokens());
      String begun = text.substring(0, text.length() / 4);
      Naming naming =
          new Naming(List.of(List.of(text, begun + " 17 is", begun + " 17 lemons", begun + " 8")));
      Watch watch = new Watch(Tokens.of(20, 21, 22), Tokens.of(23, 24)).everywhere(naming);
      Script read = new Script(start, List.of(new Step.Feed(written), reply.watching(watch)), 0L);
      Completion seen = Models.run(model, read);
      long more =
          model.counters().since(between).computedTokens() - between.since(before).computedTokens();
      Alternatives named = naming.in(unread.last().tokens(), vocabulary).orElseThrow();
      // The last token before the place again; what the names begin with; then 20, 21, 22.
      assertThat(more).isEqualTo(1 + beginnings(named.texts()) + 3);
      assertThat(seen.last().probs().written().size()).isEqualTo(4);
      assertThat(seen.last().tokens()).isEqualTo(unread.last().tokens());
      assertThat(model.counters().sampledTokens() - between.sampledTokens())
          .isEqualTo(between.sampledTokens() - before.sampledTokens());
    }
  }

  @Test
  void ofTextsThatAreScoredEachBeginningIsComputedOnce() throws InterruptedException {
    try (LlamaModel model = BuiltIn.open(24)) {
      Tokens start = start(model, 17);
      Tokens written = original(model, start).last().tokens();
      List<Tokens> texts =
          List.of(Tokens.of(9, 13, 14), Tokens.of(15), Tokens.of(9, 10, 11), Tokens.of(9, 10, 12));
      assertThat(beginnings(texts)).isEqualTo(3);
      Counters before = model.counters();
      Models.run(model, new Script(start, List.of(new Step.Score(texts)), 0L));
      // The logits after the start are kept.
      assertThat(model.counters().since(before).computedTokens()).isEqualTo(3);
      assertThat(model.counters().sampledTokens()).isEqualTo(before.sampledTokens());
      before = model.counters();
      Script fed =
          new Script(
              start,
              List.of(new Step.Feed(written), new Step.Score(new Alternatives(written, texts))),
              0L);
      Models.run(model, fed);
      Counters after = model.counters().since(before);
      assertThat(after.computedTokens()).isEqualTo(2L * written.size() + 3);
      // What was fed, and 9, 10; 13; nothing for 15, whose logits were those before 9.
      assertThat(after.decodes()).isEqualTo(2);
    }
  }

  /// A long text is read in pieces of as many tokens as there are rows of logits.
  @Test
  void aLongTextIsScoredInFewBatches() throws InterruptedException {
    try (LlamaModel model = BuiltIn.open(24)) {
      Tokens text = Tokens.of(IntStream.range(0, 511).map(i -> 20 + i % 50).toArray());
      Models.score(model, start(model, 17).prefix(1), text);
      assertThat(model.counters().computedTokens()).isEqualTo(511);
      assertThat(model.counters().decodes()).isEqualTo(8);
    }
  }

  /// Scripts that score run side by side, and what they start from is computed once.
  @Test
  void scriptsThatScoreShareTheirStartAndTheirBatches() throws InterruptedException {
    try (LlamaModel model = BuiltIn.open(24)) {
      Tokens start = start(model, 17);
      List<Script> scripts = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        Tokens text = Tokens.of(20 + i, 40, 41, 42, 43);
        scripts.add(new Script(start, List.of(new Step.Score(List.of(text))), 0L));
      }
      List<Completion> completions = Models.run(model, scripts);
      Counters all = model.counters();
      assertThat(all.computedTokens()).isEqualTo(start.size() + 16 * 4);
      assertThat(all.decodes()).isLessThanOrEqualTo(4);
      for (int i = 0; i < 16; i++) {
        LogProbs alone = Models.score(model, start, Tokens.of(20 + i, 40, 41, 42, 43));
        assertThat(completions.get(i).scores().getFirst().getFirst().logProbs().sum())
            .isCloseTo(alone.sum(), within(.05));
      }
    }
  }

  /// How many texts are the beginning of at least one of these, itself left out.
  private static long beginnings(List<Tokens> texts) {
    return texts.stream()
        .flatMap(text -> IntStream.range(1, text.size()).mapToObj(text::prefix))
        .distinct()
        .count();
  }

  @Test
  void afterAResumeTheLongestCutIsPrefilledAndTheOthersForkFromIt() throws InterruptedException {
    Tokens start;
    Tokens response;
    try (LlamaModel model = BuiltIn.open(24)) {
      start = start(model, 17);
      response = original(model, start).last().tokens();
    }
    try (LlamaModel model = BuiltIn.open(24)) {
      List<Script> scripts = new ArrayList<>();
      for (int kept : KEPT) {
        scripts.addAll(plain(start.plus(response.prefix(kept)), 5, 4));
      }
      List<Completion> completions = Models.run(model, scripts);
      int longest = start.size() + KEPT[KEPT.length - 1];
      assertThat(model.counters().computedTokens())
          .isEqualTo(longest + KEPT.length - 1 + readBack(completions));
    }
  }

  @Test
  void aWholeExperimentComputesNextToNothingTwice() throws InterruptedException {
    try (LlamaModel model = BuiltIn.open(40)) {
      Tokens followUp = BuiltIn.followUp(model.vocabulary());
      long fewest = 0;
      List<Script> originals = new ArrayList<>();
      for (int stamps = 11; stamps < 15; stamps++) {
        Tokens start = start(model, stamps);
        originals.add(
            new Script(
                start,
                List.of(plainStep(60), new Step.Keep(), new Step.Feed(followUp), greedy(30)),
                stamps));
        fewest += start.size() + followUp.size();
      }
      List<Completion> responses = Models.run(model, originals);
      List<Script> scripts = new ArrayList<>();
      for (int i = 0; i < originals.size(); i++) {
        Tokens response = responses.get(i).samples().getFirst().tokens();
        for (int kept : List.of(0, 4, 10)) {
          Tokens from = originals.get(i).start().plus(response.prefix(kept));
          for (int j = 0; j < 8; j++) {
            List<Step> steps = List.of(plainStep(40), new Step.Feed(followUp), greedy(20));
            scripts.add(new Script(from, steps, j));
          }
          scripts.add(new Script(from, List.of(new Step.Feed(followUp), greedy(20)), 0L));
          fewest += 9L * followUp.size() + (kept == 0 ? 0 : 1);
        }
      }
      List<Completion> completions = Models.run(model, scripts);
      fewest += sampled(responses) + sampled(completions);
      assertThat(model.counters().computedTokens()).isLessThanOrEqualTo(fewest);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 40})
  void everyTextHasItsOwnScoreHoweverFewPlacesThereAre(int sequences) throws InterruptedException {
    try (LlamaModel model = BuiltIn.open(sequences)) {
      model.width(model.contextLength());
      List<Script> scripts = new ArrayList<>();
      for (int stamps = 11; stamps < 15; stamps++) {
        Step keep = new Step.Keep();
        Tokens start = start(model, stamps);
        scripts.add(new Script(start, List.of(plainStep(12), keep, plainStep(3)), 7L));
        scripts.addAll(plain(start.plus(start.slice(0, stamps)), 2, 10));
        scripts.addAll(plain(start, 2, stamps));
      }
      List<Completion> completions = Models.run(model, scripts);
      for (int i = 0; i < scripts.size(); i++) {
        Tokens text = scripts.get(i).start();
        for (Sampled sampled : completions.get(i).samples()) {
          // A text that had got another's keys and values would be far off.
          assertThat(written(sampled)).isCloseTo(scored(model, text, sampled), within(.05));
          text = text.plus(sampled.tokens());
        }
      }
    }
  }

  @Test
  void theSameScriptsOnAFreshModelGiveTheSameNumbers() throws InterruptedException {
    List<List<Sampled>> runs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      try (LlamaModel model = BuiltIn.open(12)) {
        List<Script> scripts = new ArrayList<>(plain(start(model, 17), 20, 12));
        scripts.addAll(plain(start(model, 18), 20, 9));
        runs.add(Models.run(model, scripts).stream().map(Completion::last).toList());
      }
    }
    assertThat(runs.get(1)).isEqualTo(runs.get(0));
  }

  @Test
  void aLongerScriptMakesTheMemoryAnew() throws InterruptedException {
    try (LlamaModel model = BuiltIn.open(6)) {
      Tokens start = start(model, 17);
      Tokens before = Models.run(model, greedyScript(start, 8)).last().tokens();
      assertThat(model.provenance()).containsEntry("cells", "256");
      Models.run(model, greedyScript(start, 300));
      assertThat(model.provenance()).containsEntry("cells", "512");
      assertThat(Models.run(model, greedyScript(start, 8)).last().tokens()).isEqualTo(before);
    }
  }

  @Test
  void scriptsThatNeedNoTokenEnd() throws InterruptedException {
    try (LlamaModel model = BuiltIn.open(2)) {
      Tokens start = start(model, 17);
      Script fedOnly = new Script(start, List.of(new Step.Feed(start)), 0L);
      Script keptOnly = new Script(start, List.of(new Step.Keep()), 0L);
      List<Script> scripts = List.of(fedOnly, keptOnly, fedOnly, greedyScript(start, 1));
      List<Completion> completions = Models.run(model, scripts);
      assertThat(completions.get(0).samples()).isEmpty();
      assertThat(completions.get(1).samples()).isEmpty();
      assertThat(completions.get(3).last().finish()).isEqualTo(FinishReason.LENGTH);
    }
  }

  private static Tokens start(LlamaModel model, int stamps) {
    return BuiltIn.question(model.vocabulary(), stamps);
  }

  private static Completion original(LlamaModel model, Tokens start) throws InterruptedException {
    return Models.run(model, new Script(start, List.of(greedy(30), new Step.Keep()), 0L));
  }

  private static Script greedyScript(Tokens start, int most) {
    return new Script(start, List.of(greedy(most)), 0L);
  }

  private static Step greedy(int most) {
    return Step.sample(Sampling.GREEDY, most);
  }

  private static Step plainStep(int most) {
    return Step.sample(Sampling.PLAIN, most);
  }

  private static List<Script> plain(Tokens start, int count, int most) {
    return IntStream.range(0, count)
        .mapToObj(seed -> new Script(start, List.of(plainStep(most)), seed))
        .toList();
  }

  private static double written(Sampled sampled) {
    double sum = 0;
    for (int i = 0; i < sampled.tokens().size(); i++) {
      sum += sampled.logProbs().at(i);
    }
    return sum;
  }

  private static double scored(LlamaModel model, Tokens before, Sampled sampled)
      throws InterruptedException {
    boolean empty = sampled.tokens().isEmpty();
    return empty ? 0 : Models.score(model, before, sampled.tokens()).sum();
  }

  private static long sampled(List<Completion> completions) {
    return completions.stream()
        .flatMap(each -> each.samples().stream())
        .mapToLong(each -> each.logProbs().size())
        .sum();
  }

  /// Of every script's last sampled tokens, all but the very last are read back to draw the next; a
  /// stop token is the very last.
  private static long readBack(List<Completion> completions) {
    return completions.stream().mapToLong(each -> each.last().logProbs().size() - 1).sum();
  }
}
