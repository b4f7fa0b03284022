package criticalwindows.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.error.UserError;
import criticalwindows.model.Completion;
import criticalwindows.model.FinishReason;
import criticalwindows.model.Sampled;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.remote.Findings.Ability;
import criticalwindows.remote.Findings.Answer;
import criticalwindows.remote.Findings.Use;
import criticalwindows.remote.LlamaStub.Trait;
import criticalwindows.remote.Stubs.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A server of llama-server's shape, with its two faults.
class LlamaServerTest {
  private static final int LENGTH = 24;
  private static final Sampling COOL = new Sampling(.6, .9);

  @TempDir Path folder;

  private RemoteOptions options(LlamaStub stub) throws Exception {
    RemoteOptions plain = RemoteOptions.of(stub.url());
    Path tokenizer = LlamaStub.tokenizer(folder);
    return new RemoteOptions(
        plain.servers(),
        plain.servedModel(),
        Optional.of(() -> TokenizerFolder.read(tokenizer)),
        Optional.empty(),
        plain.key(),
        new RemoteOptions.Load(
            64, Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofMillis(2)));
  }

  private static List<Script> scripts(int count, Sampling sampling) {
    return scripts(count, sampling, LENGTH);
  }

  private static List<Script> scripts(int count, Sampling sampling, int length) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Script(
                    Tokens.of(LlamaStub.BEGIN, 65 + i % 20),
                    List.of(Step.sample(sampling, length)),
                    500L + i))
        .toList();
  }

  private static void requireExact(
      LlamaStub stub, Script script, Completion completion, long seed) {
    Step.Sample step = (Step.Sample) script.steps().getFirst();
    Sampling sampling = step.sampling();
    ObjectNode ask = JsonMapper.shared().createObjectNode().put("seed", seed);
    ask.put("temperature", sampling.temperature()).put("top_p", sampling.topP());
    ask.putArray("samplers").add("temperature").add("top_p");
    Tokens all = stub.write(script.start(), ask, step.maxTokens());
    Sampled sampled = completion.last();
    boolean ended = all.at(all.size() - 1) == LlamaStub.END;
    assertThat(sampled.tokens()).isEqualTo(ended ? all.prefix(all.size() - 1) : all);
    assertThat(sampled.finish()).isEqualTo(ended ? FinishReason.STOP : FinishReason.LENGTH);
    assertThat(sampled.logProbs().size()).isEqualTo(all.size());
    for (int i = 0; i < all.size(); i++) {
      double[] p = LlamaStub.probabilities(script.start().plus(all.prefix(i)));
      assertThat((double) sampled.logProbs().at(i)).isCloseTo(Math.log(p[all.at(i)]), within(1e-5));
    }
  }

  /// As the server that the stub has the shape of is sent it: in 31 bits.
  private static int seed(Script script) {
    return CompletionCall.folded(script.seed());
  }

  @Test
  void seedsAreWhatTheServerCanTake() {
    assertThat(CompletionCall.folded(-1)).isZero();
    for (long seed : new long[] {0, 1, -2, Long.MIN_VALUE, Long.MAX_VALUE, 0xFFFFFFFFL}) {
      assertThat(CompletionCall.folded(seed)).as("%d", seed).isNotNegative();
    }
  }

  @Test
  void itIsToldTheOrderAndAskedAtItsOwnPageWhereEveryTokenIs() throws Exception {
    try (LlamaStub stub = new LlamaStub();
        RemoteModel model = RemoteModel.open(options(stub))) {
      Findings findings = model.findings();
      assertThat(findings.dialect().words()).isEqualTo(Dialect.Words.LLAMA);
      for (Ability ability :
          List.of(Ability.ORDER, Ability.RAW, Ability.PREFIX_CACHE, Ability.CONTINUES)) {
        assertThat(findings.of(ability).answer())
            .as("%s: %s", ability, findings.of(ability).detail())
            .isEqualTo(Answer.YES);
      }
      assertThat(findings.verdict(COOL)).isEqualTo(findings.verdict(Use.ROLLOUTS));
      assertThat(findings.verdict(COOL).approximate()).isEmpty();
      assertThat(findings.verdict(Use.SCORES).refused()).isNotEmpty();
    }
  }

  /// A third of its tokens end inside a character: none is lost, and none of their
  /// log-probabilities.
  @ParameterizedTest
  @ValueSource(doubles = {1, .6})
  void everyTokenAndEveryLogProbabilityIsThere(double temperature) throws Exception {
    try (LlamaStub stub = new LlamaStub();
        RemoteModel model = RemoteModel.open(options(stub))) {
      List<Script> scripts = scripts(80, new Sampling(temperature, temperature == 1 ? 1 : .9));
      int before = stub.hidden();
      Outcome outcome = new Outcome();
      model.run(scripts, outcome);
      assertThat(outcome.failed()).isEmpty();
      for (int i = 0; i < scripts.size(); i++) {
        Script script = scripts.get(i);
        requireExact(stub, script, Objects.requireNonNull(outcome.done().get(i)), seed(script));
      }
      assertThat(stub.hidden() - before).isGreaterThan(80);
    }
  }

  /// Where there is no way to have them, such a text is none of the whole ones.
  @Test
  void whatCannotBeHadWholeFailsWithItsReason() throws Exception {
    try (LlamaStub stub = new LlamaStub(Trait.NO_OWN_PAGE);
        RemoteModel model = RemoteModel.open(options(stub))) {
      assertThat(model.findings().dialect().words()).isEqualTo(Dialect.Words.EXTENDED);
      List<Script> scripts = scripts(40, Sampling.PLAIN, 3);
      Outcome outcome = new Outcome();
      model.run(scripts, outcome);
      assertThat(outcome.failed()).isNotEmpty();
      assertThat(outcome.done()).isNotEmpty();
      assertThat(outcome.failed().values())
          .allMatch(reason -> reason.matches(".*it wrote \\d+ tokens and shows \\d+.*"));
      outcome
          .done()
          .forEach((i, done) -> requireExact(stub, scripts.get(i), done, scripts.get(i).seed()));
    }
  }

  @Test
  void anotherOrderIsFoundAndMattersOnlyWhereBothAreAsked() throws Exception {
    try (LlamaStub stub = new LlamaStub(Trait.TOP_P_FIRST);
        RemoteModel model = RemoteModel.open(options(stub))) {
      Findings findings = model.findings();
      assertThat(findings.of(Ability.ORDER).answer()).isEqualTo(Answer.PARTLY);
      assertThat(findings.verdict(COOL).approximate().toString())
          .contains("top-p comes before the temperature");
      assertThat(findings.verdict(new Sampling(2, .5)).approximate()).hasSize(1);
      for (Sampling same :
          List.of(Sampling.PLAIN, Sampling.GREEDY, new Sampling(1, .9), new Sampling(.6, 1))) {
        assertThat(findings.verdict(same).approximate()).as("%s", same).isEmpty();
      }
      assertThat(findings.table()).contains("top-p comes before the temperature");
    }
  }

  @Test
  void aTopPThatChangesNothingIsFound() throws Exception {
    try (LlamaStub stub = new LlamaStub(Trait.NO_TOP_P);
        RemoteModel model = RemoteModel.open(options(stub))) {
      Findings findings = model.findings();
      assertThat(findings.of(Ability.ORDER).answer()).isEqualTo(Answer.NO);
      assertThat(findings.verdict(new Sampling(1, .9)).approximate().toString())
          .contains("top-p changes nothing");
      assertThat(findings.verdict(new Sampling(.6, 1)).approximate()).isEmpty();
    }
  }

  @Test
  void aModelThatIsSwappedMeanwhileIsNoticed() throws Exception {
    try (LlamaStub stub = new LlamaStub();
        RemoteModel model = RemoteModel.open(options(stub))) {
      stub.swap("other.gguf");
      assertThatThrownBy(() -> model.run(scripts(3, Sampling.PLAIN), new Outcome()))
          .isInstanceOfSatisfying(
              UserError.class, e -> assertThat(e.hint()).contains("start bytes.gguf"))
          .hasMessageContaining("the model other.gguf answers, where it was bytes.gguf");
    }
  }

  @Test
  void anotherTokenizerThanTheServersIsRefused() throws Exception {
    try (LlamaStub stub = new LlamaStub(Trait.OTHER_TOKENIZER)) {
      RemoteOptions options = options(stub);
      assertThatThrownBy(() -> RemoteModel.open(options))
          .isInstanceOfSatisfying(
              UserError.class, e -> assertThat(e.hint()).contains("--tokenizer"))
          .hasMessageContaining("another tokenizer");
      assertThat(ServerProbe.of(options).verdict(Use.ROLLOUTS).refused().toString())
          .contains("other ids of a text");
    }
  }

  /// What the probe says and what a run does are the same.
  @Test
  void itIsReadyForTheProbeIfItIsForARun() throws Exception {
    try (LlamaStub stub = new LlamaStub()) {
      RemoteOptions bare = RemoteOptions.of(stub.url());
      Findings probed = ServerProbe.of(bare);
      assertThat(probed.verdict(Use.ROLLOUTS).refused().toString()).contains("--tokenizer");
      assertThatThrownBy(() -> RemoteModel.open(bare)).isInstanceOf(UserError.class);
      assertThat(ServerProbe.of(options(stub)).verdict(Use.ROLLOUTS).refused()).isEmpty();
      RemoteModel.open(options(stub)).close();
    }
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'tokens':[65,1234.5],'stop_type':'limit'}",
        "{'tokens':[65,'66'],'stop_type':'limit'}",
        "{'tokens':[65,258],'stop_type':'limit'}",
        "{'tokens':[65,66],'tokens_predicted':3,'stop_type':'limit'}",
        "{'tokens':[65,66],'completion_probabilities':[{'id':67,'logprob':-1}],'stop_type':'limit'}",
        "{'tokens':[65],'completion_probabilities':[{'id':65,'logprob':-9999}],'stop_type':'limit'}",
        "{'tokens':[65],'completion_probabilities':[{'id':65,'logprob':-3.4e38}],'stop_type':'limit'}",
        "{'tokens':[65],'completion_probabilities':[{'id':65,'logprob':0.5}],'stop_type':'limit'}",
        "{'tokens':[65],'completion_probabilities':[{'id':65,'logprob':null}],'stop_type':'limit'}",
        "{'content':'A','stop_type':'limit'}"
      })
  void anAnswerThatDoesNotFitIsBroken(String answer) {
    assertThatThrownBy(() -> LlamaReply.choice(json(answer), LlamaStub.SIZE))
        .isInstanceOf(CallFailure.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'token_ids':[65,1234.5],'logprobs':{'token_logprobs':[-1,-1]}",
        "'token_ids':[65,1e3],'logprobs':{'token_logprobs':[-1,-1]}",
        "'token_ids':[65,66],'logprobs':{'token_logprobs':[-1,-9999]}",
        "'logprobs':{'content':[{'id':65.5,'logprob':-1},{'id':66,'logprob':-1}]}",
        "'logprobs':{'content':[{'id':65,'logprob':-9999.0},{'id':66,'logprob':-1}]}"
      })
  void soIsOneAtThePageThatAllHave(String choice) {
    JsonNode reply = json("{'choices':[{'index':0,'finish_reason':'length'," + choice + "}]}");
    CompletionReply.Texts texts = new CompletionReply.Texts(2000, java.util.Map.of());
    assertThatThrownBy(() -> CompletionReply.choices(reply, 1, texts))
        .isInstanceOf(CallFailure.class);
  }

  /// Which of two equal tokens is the hidden one cannot be told: both are asked for.
  @Test
  void nothingIsGuessedOfEqualNeighbours() throws Exception {
    JsonNode reply =
        json(
            "{'tokens':[65,128,128,66],'stop_type':'limit','completion_probabilities':["
                + "{'id':65,'logprob':-1},{'id':128,'logprob':-2},{'id':66,'logprob':-3}]}");
    CompletionReply.Choice choice = LlamaReply.choice(reply, LlamaStub.SIZE);
    assertThat(choice.holes()).containsExactly(1, 2);
    assertThat(choice.logProbs().at(3)).isEqualTo(-3f);
  }
}
