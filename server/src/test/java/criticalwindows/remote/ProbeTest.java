package criticalwindows.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import criticalwindows.remote.Findings.Ability;
import criticalwindows.remote.Findings.Answer;
import criticalwindows.remote.Findings.Use;
import criticalwindows.remote.ShapedServer.Shape;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Servers are told apart by what they do, and what follows is clear.
class ProbeTest {
  private static Findings probe(Shape shape) throws IOException, InterruptedException {
    try (ShapedServer server = ShapedServer.start(shape);
        Fleet fleet = new Fleet(RemoteOptions.of(server.url()))) {
      ToyModel toy = ToyModel.orderedDecisions();
      Served served = Served.of(fleet.connections().getFirst(), Optional.empty());
      CompletionReply.Texts texts = CompletionReply.Texts.of(toy.vocabulary());
      return Probe.run(fleet, served, texts, Tokens.of(63));
    }
  }

  private static void answers(Findings findings, Answer answer, Ability... abilities) {
    for (Ability ability : abilities) {
      assertThat(findings.of(ability).answer())
          .as("%s: %s", ability, findings.of(ability).detail())
          .isEqualTo(answer);
    }
  }

  private static void ready(Findings findings, Use use) {
    assertThat(findings.verdict(use).refused()).isEmpty();
    assertThat(findings.verdict(use).approximate()).isEmpty();
  }

  @Test
  void vllmCanDoEverything() throws Exception {
    Findings findings = probe(Shape.VLLM);
    // The toy is sure of nearly everything, so that no place tells the order; RemoteModel and
    // ServerProbe look at the rest.
    answers(findings, Answer.UNKNOWN, Ability.ORDER, Ability.VOCABULARY, Ability.CONVERSATIONS);
    Set<Ability> all = EnumSet.allOf(Ability.class);
    all.removeAll(Set.of(Ability.ORDER, Ability.VOCABULARY, Ability.CONVERSATIONS));
    answers(findings, Answer.YES, all.toArray(Ability[]::new));
    ready(findings, Use.ROLLOUTS);
    ready(findings, Use.SCORES);
    assertThat(findings.of(Ability.CONTEXT).detail()).isEqualTo("4096 tokens");
    assertThat(findings.table()).contains("by vllm").contains("ready");
  }

  @Test
  void vllmThatShowsProcessedLogProbsIsApproximate() throws Exception {
    Findings findings = probe(Shape.VLLM_PROCESSED);
    answers(findings, Answer.NO, Ability.RAW);
    assertThat(findings.verdict(Use.ROLLOUTS).refused()).isEmpty();
    assertThat(findings.verdict(Use.ROLLOUTS).approximate()).hasSize(1);
    assertThat(findings.table()).contains("approximate: log-probabilities of the plain");
  }

  /// Nothing needs them where --tokenizer is given, so that nothing is refused.
  @Test
  void aServerWithHalfATokenizerSaysWhichHalf() throws Exception {
    Findings encodes = probe(Shape.VLLM_TOKENIZE_ONLY);
    answers(encodes, Answer.PARTLY, Ability.TEXTS);
    assertThat(encodes.of(Ability.TEXTS).detail()).startsWith("no /detokenize: --tokenizer");
    Findings decodes = probe(Shape.VLLM_DETOKENIZE_ONLY);
    answers(decodes, Answer.PARTLY, Ability.TEXTS);
    assertThat(decodes.of(Ability.TEXTS).detail()).startsWith("no /tokenize: --tokenizer");
    Findings neither = probe(Shape.OPENAI);
    answers(neither, Answer.NO, Ability.TEXTS);
    assertThat(neither.table()).contains("neither /tokenize nor /detokenize: --tokenizer");
    ready(encodes, Use.ROLLOUTS);
    ready(decodes, Use.ROLLOUTS);
  }

  @Test
  void aServerThatBeginsTwiceIsRefused() throws Exception {
    Findings findings = probe(Shape.DOUBLE_BEGIN);
    answers(findings, Answer.NO, Ability.ONE_BEGIN);
    assertThat(findings.verdict(Use.ROLLOUTS).refused().toString())
        .contains("reads 2 tokens where 1 were sent");
    assertThatThrownBy(() -> Probe.require(findings, Use.ROLLOUTS))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("wrong numbers");
  }

  @Test
  void sglangGivesTextsBackAndItsSeedsDoNothing() throws Exception {
    Findings findings = probe(Shape.SGLANG);
    answers(findings, Answer.PARTLY, Ability.GIVES_IDS);
    answers(findings, Answer.NO, Ability.REPEATS);
    answers(
        findings,
        Answer.YES,
        Ability.TAKES_IDS,
        Ability.CONTINUES,
        Ability.VARIES,
        Ability.STOP_IDS,
        Ability.TEXTS,
        Ability.PROMPT_LOG_PROBS);
    assertThat(findings.of(Ability.PROMPT_LOG_PROBS).detail()).contains("echo");
    assertThat(findings.verdict(Use.ROLLOUTS).refused()).isEmpty();
    assertThat(findings.verdict(Use.ROLLOUTS).approximate().toString()).contains("texts alone");
    ready(findings, Use.SCORES);
  }

  @Test
  void llamaServerHasIdsInItsLogProbsAndScoresNoPrompts() throws Exception {
    Findings findings = probe(Shape.LLAMA_SERVER);
    answers(findings, Answer.YES, Ability.GIVES_IDS, Ability.CONTINUES, Ability.REPEATS);
    answers(findings, Answer.YES, Ability.TEXTS);
    answers(findings, Answer.NO, Ability.CHOICES, Ability.STOP_IDS, Ability.PROMPT_LOG_PROBS);
    assertThat(findings.of(Ability.CONTEXT).detail()).isEqualTo("2048 tokens");
    ready(findings, Use.ROLLOUTS);
    assertThat(findings.verdict(Use.SCORES).refused()).hasSize(1);
  }

  @Test
  void plainOpenAiRefusesFieldsItDoesNotKnow() throws Exception {
    Findings findings = probe(Shape.OPENAI);
    answers(findings, Answer.YES, Ability.TAKES_IDS, Ability.CONTINUES);
    answers(findings, Answer.PARTLY, Ability.GIVES_IDS);
    answers(findings, Answer.NO, Ability.STOP_IDS, Ability.PROMPT_LOG_PROBS);
    answers(findings, Answer.UNKNOWN, Ability.CONTEXT, Ability.PREFIX_CACHE);
    assertThat(findings.of(Ability.TAKES_IDS).detail()).contains("OpenAI");
    assertThat(findings.dialect().words()).isEqualTo(Dialect.Words.OPENAI);
    assertThat(findings.verdict(Use.ROLLOUTS).approximate()).isNotEmpty();
    assertThat(findings.verdict(Use.SCORES).refused()).isNotEmpty();
  }

  @Test
  void aServerOfTextsAloneIsRefused() throws Exception {
    Findings findings = probe(Shape.TEXT_ONLY);
    answers(findings, Answer.NO, Ability.TAKES_IDS);
    assertThat(findings.verdict(Use.ROLLOUTS).refused().toString()).contains("valid string");
    assertThat(findings.table()).contains("REFUSED");
  }

  @Test
  void aServerThatIsUnknownCanBeProbedByItsAddressAlone() throws Exception {
    try (ShapedServer server = ShapedServer.start(Shape.LLAMA_SERVER)) {
      Findings findings = ServerProbe.of(RemoteOptions.of(server.url()));
      answers(findings, Answer.YES, Ability.TAKES_IDS, Ability.GIVES_IDS);
    }
  }
}
