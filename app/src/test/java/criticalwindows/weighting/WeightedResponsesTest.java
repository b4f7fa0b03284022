package criticalwindows.weighting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.dataset.Problem;
import criticalwindows.finetune.Example;
import criticalwindows.finetune.Passage;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.model.Model;
import criticalwindows.study.Measured;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What the arms of the study of weights learn from, on the smallest built-in model.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WeightedResponsesTest {
  private static final long SEED = 3;

  private final List<OwnResponse> all;
  private final ResponseWindows windows;
  private final WeightedResponses weighted;
  private final RejectionSampling rejection;

  WeightedResponsesTest() throws InterruptedException {
    List<Problem> problems = ReasoningProblems.draw(4, List.of(), SEED);
    try (Model model =
        LlamaModel.open(
            ModelFiles.standard().find(WeightsPlan.MODEL),
            LlamaOptions.defaults().withThreads(1))) {
      all =
          OwnResponse.sample(model, new OwnResponse.Draw(problems, 0, 1, SEED)).stream()
              .map(List::getFirst)
              .toList();
      List<OwnResponse> right = all.stream().filter(OwnResponse::right).toList();
      windows =
          ResponseWindows.of(
              model, right, new ResponseWindows.Search(24, SEED, InstantSource.system()));
      weighted = WeightedResponses.of(right, windows, WeightsArms.RULES, SEED);
      rejection =
          RejectionSampling.run(
              model,
              new RejectionSampling.Wanted(
                  weighted.responses().stream().map(OwnResponse::problem).toList(),
                  2 * tokens(weighted.responses()),
                  Long.MAX_VALUE,
                  SEED));
    }
  }

  private static long tokens(List<OwnResponse> responses) {
    return responses.stream().mapToLong(response -> response.whole().size()).sum();
  }

  @Test
  void everyRuleLearnsFromTheSameTokensWithTheSameSumOfWeights() {
    assertThat(weighted.responses()).hasSizeGreaterThan(1);
    for (String rule : WeightsArms.RULES) {
      List<Example> examples = weighted.examples(rule);
      assertThat(examples).hasSameSizeAs(weighted.responses());
      for (int i = 0; i < examples.size(); i++) {
        OwnResponse response = weighted.responses().get(i);
        Passage passage = examples.get(i).passages().getFirst();
        assertThat(passage.ids()).isEqualTo(response.whole());
        assertThat(passage.targets().size()).isEqualTo(response.tokens().size());
        assertThat(passage.targets().sum()).isCloseTo(response.tokens().size(), within(1e-9));
      }
    }
  }

  @Test
  void aTargetIsTheTokenBehindItsPlace() {
    Passage passage = weighted.examples("window").getFirst().passages().getFirst();
    int first = weighted.responses().getFirst().prompt().size() - 1;
    for (int i = 0; i < passage.targets().size(); i++) {
      assertThat(passage.targets().place(i)).isEqualTo(first + i);
      assertThat(passage.targets().token(i)).isEqualTo(passage.ids().at(first + i + 1));
    }
  }

  @Test
  void uniformWeightsAreOneAndThoseOfWindowsLieOnFewerTokens() {
    Example uniform = weighted.examples("uniform").getFirst();
    Example window = weighted.examples("window").getFirst();
    assertThat(WeightedResponses.withWeight(uniform))
        .isEqualTo(weighted.responses().getFirst().tokens().size());
    assertThat(WeightedResponses.withWeight(window))
        .isPositive()
        .isLessThan(WeightedResponses.withWeight(uniform));
    assertThat(uniform)
        .extracting(example -> example.passages().getFirst().targets().number(0))
        .isEqualTo(1.0);
  }

  @Test
  void onlyRightResponsesAreLearntFrom() {
    assertThat(weighted.responses()).allMatch(OwnResponse::right);
    assertThat(windows.findings())
        .hasSize((int) all.stream().filter(OwnResponse::right).count())
        .allMatch(finding -> finding.right());
  }

  @Test
  void rejectionSamplingGivesAsManyTokensOfDifferentRightResponses() {
    long wanted = 2 * tokens(weighted.responses());
    List<OwnResponse> taken = RejectionSampling.first(rejection.responses(), wanted);
    int longest = taken.stream().mapToInt(each -> each.whole().size()).max().orElse(0);
    assertThat(Math.abs(tokens(taken) - wanted)).isLessThanOrEqualTo(longest);
    assertThat(taken).allMatch(OwnResponse::right);
    Set<Object> different = new HashSet<>();
    taken.forEach(each -> different.add(each.whole()));
    assertThat(different).hasSameSizeAs(taken);
  }

  @Test
  void aResponseIsTakenWhereThatIsNearerToWhatIsWanted() {
    int first = all.getFirst().whole().size();
    assertThat(RejectionSampling.first(all, first)).hasSize(1);
    assertThat(RejectionSampling.first(all, first / 3)).isEmpty();
    assertThat(RejectionSampling.first(all, tokens(all) + 1000)).hasSize(all.size());
  }

  @Test
  void windowsAreMeasuredOfEveryResponse() {
    Measured.Builder measured = new Measured.Builder();
    windows.add(measured);
    Measured found = measured.build();
    assertThat(found.values().get(ResponseWindows.CLAIMED)).hasSize(windows.findings().size());
    assertThat(found.values().getOrDefault(ResponseWindows.PLACE, Map.of()))
        .hasSize((int) windows.claimed())
        .allSatisfy((item, place) -> assertThat(place).isBetween(0.0, 1.01));
  }

  @Test
  void trainingAndHeldOutProblemsShareNone() {
    List<Problem> heldOut = ReasoningProblems.draw(9, List.of(), SEED);
    List<Problem> drawn = ReasoningProblems.draw(9, heldOut, SEED);
    Set<String> ids = new HashSet<>();
    heldOut.forEach(problem -> ids.add(problem.id()));
    drawn.forEach(problem -> ids.add(problem.id()));
    assertThat(ids).hasSize(18);
    assertThat(IntStream.range(0, 9).mapToObj(i -> drawn.get(i).dataset()).distinct())
        .containsExactly("world:arithmetic", "world:method", "world:ordering");
  }
}
