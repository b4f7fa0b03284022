package criticalwindows.intervene;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Answer;
import criticalwindows.grade.Grader;
import criticalwindows.intervene.InterventionFinding.Policy;
import criticalwindows.model.Tokens;
import criticalwindows.stats.PairedProportions;
import criticalwindows.stats.Proportion.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InterventionStudyTest {
  private static final int VOTES = 5;
  private static final Problem PROBLEM =
      Problem.of(
          "toy",
          "logic",
          "Which?",
          List.of(new Choice("A", "one"), new Choice("B", "two"), new Choice("C", "three")),
          "A");

  private static DrawnAnswer draw(String label) {
    return new DrawnAnswer(new Answer.Label(label), 10);
  }

  private static List<DrawnAnswer> draws(String labels) {
    return labels.chars().mapToObj(c -> draw(Character.toString(c))).toList();
  }

  private static InterventionPlace place(DrawnAnswer original) {
    return new InterventionPlace(
        PROBLEM, Tokens.of(1, 2, 3), original, Grader.STANDARD.right(PROBLEM), 0, 30);
  }

  @Test
  void eachPolicyStandsBesideAPlainVoteOfItsOwnCost() {
    InterventionFinding finding =
        new InterventionFinding(place(draw("B")), draws("BAABA"), draws("CCABA"), draws("BBAAACC"));
    assertThat(finding.original()).isEqualTo(Outcome.FAILURE);
    assertThat(finding.result(Policy.AGAIN))
        .isEqualTo(new InterventionFinding.Result(Outcome.FAILURE, 1, 10));
    assertThat(finding.result(Policy.AGAIN_VOTE))
        .isEqualTo(new InterventionFinding.Result(Outcome.SUCCESS, 5, 50));
    // Two votes each for C and A: C came first.
    assertThat(finding.result(Policy.HINT_VOTE).right()).isEqualTo(Outcome.FAILURE);
    assertThat(finding.plain(Policy.ORIGINAL))
        .isEqualTo(new InterventionFinding.Result(Outcome.FAILURE, 1, 10));
    assertThat(finding.plain(Policy.AGAIN_VOTE))
        .isEqualTo(new InterventionFinding.Result(Outcome.SUCCESS, 5, 50));
    assertThat(finding.lacking(VOTES)).isEmpty();

    InterventionStudy.Row row = InterventionStudy.of(List.of(finding)).rows().get(2);
    assertThat(row.policy()).isEqualTo(Policy.AGAIN_VOTE);
    assertThat(row.plain()).isEqualTo(new PairedProportions(1, 0, 0, 0));
    assertThat(row.original()).isEqualTo(new PairedProportions(0, 1, 0, 0));
    assertThat(List.of(row.tokens(), row.plainTokens(), row.plainResponses()))
        .containsExactly(50.0, 50.0, 5.0);
    assertThat(InterventionStudy.of(List.of(finding), Outcome.SUCCESS).problems()).isZero();
    assertThat(InterventionStudy.of(List.of(finding), Outcome.FAILURE).problems()).isEqualTo(1);
  }

  /// Where a response writes on as it would have begun anew, an intervention is worth nothing; but
  /// problems that were chosen because their original is wrong do better whatever is done.
  @Test
  void nothingIsFoundWhereThePlaceDoesNotMatterButChoosingByTheOriginalLooksLikeAGain() {
    SplittableRandom random = new SplittableRandom(20);
    int replays = 1500;
    Map<Policy, Integer> better = new EnumMap<>(Policy.class);
    int gains = 0;
    for (int replay = 0; replay < replays; replay++) {
      InterventionStudy study = InterventionStudy.of(withoutEffect(30, random));
      for (InterventionStudy.Row row : study.rows()) {
        better.merge(row.policy(), row.plain().pValue() <= .05 ? 1 : 0, Integer::sum);
      }
      gains += study.rows().get(1).original().pValue() <= .05 ? 1 : 0;
    }
    for (Policy policy : List.of(Policy.AGAIN, Policy.AGAIN_VOTE, Policy.HINT, Policy.HINT_VOTE)) {
      assertThat((double) better.getOrDefault(policy, 0) / replays)
          .as("%s", policy)
          .isBetween(.001, .05);
    }
    assertThat((double) gains / replays).isGreaterThan(.9);
    assertThat((double) better.getOrDefault(Policy.ORIGINAL, 0) / replays).isGreaterThan(.9);
  }

  private static List<InterventionFinding> withoutEffect(int problems, SplittableRandom random) {
    List<InterventionFinding> findings = new ArrayList<>();
    for (int i = 0; i < problems; i++) {
      double right = random.nextDouble();
      Supplier<DrawnAnswer> any =
          () -> draw(random.nextDouble() < right ? "A" : random.nextDouble() < .7 ? "B" : "C");
      findings.add(
          new InterventionFinding(
              place(draw("B")),
              Stream.generate(any).limit(VOTES).toList(),
              Stream.generate(any).limit(VOTES).toList(),
              Stream.generate(any).limit(VOTES).toList()));
    }
    return findings;
  }
}
