package criticalwindows.intervene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.grade.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EqualCostTest {
  private static List<DrawnAnswer> draws(int... tokens) {
    return Arrays.stream(tokens).mapToObj(t -> new DrawnAnswer(new Answer.Label("A"), t)).toList();
  }

  @Test
  void anotherCountsAsLongAsHalfOfOneIsLeft() {
    List<DrawnAnswer> fresh = draws(100, 100, 100, 100);
    assertThat(new EqualCost(249, 100).of(fresh)).hasSize(2);
    assertThat(new EqualCost(250, 100).of(fresh)).hasSize(3);
    assertThat(new EqualCost(240, 100).of(draws(190, 500, 1))).hasSize(2);
  }

  @Test
  void oneCountsInAnyCase() {
    assertThat(new EqualCost(1, 100).of(draws(100, 100))).hasSize(1);
    assertThat(new EqualCost(1, 100).lacking(List.of())).isEqualTo(1);
  }

  @Test
  void whatIsLackingIsAboutWhatTheRestBuys() {
    EqualCost cost = new EqualCost(640, 100);
    assertThat(cost.lacking(List.of())).isEqualTo(6);
    assertThat(cost.lacking(draws(100, 100))).isEqualTo(4);
    assertThat(cost.lacking(draws(100, 100, 390))).isEqualTo(1);
    assertThat(cost.lacking(draws(100, 100, 391))).isZero();
    assertThat(cost.lacking(draws(600, 1, 1))).isZero();
  }

  /// A rule that left out whatever no longer fits would count short responses alone at the end. By
  /// Wald's identity the counted ones exceed their mean by 0 on average. Where another is begun
  /// beyond 280 of 300, renewal theory has them end at 280 + E l(l + 1) ÷ 2 E l = 302.25.
  @Test
  void longResponsesCountAsOftenAsShortOnes() {
    SplittableRandom random = new SplittableRandom(5);
    int rounds = 40_000;
    double excess = 0;
    double squares = 0;
    double spent = 0;
    for (int round = 0; round < rounds; round++) {
      List<DrawnAnswer> counted =
          new EqualCost(300, 40).of(draws(random.ints(40, 20, 61).toArray()));
      int tokens = counted.stream().mapToInt(DrawnAnswer::tokens).sum();
      double more = tokens - 40.0 * counted.size();
      excess += more;
      squares += more * more;
      spent += tokens;
    }
    assertThat(excess / rounds).isCloseTo(0, within(4 * Math.sqrt(squares) / rounds));
    assertThat(spent / rounds).isCloseTo(302.25, within(.5));
  }

  @Test
  void moreBudgetNeverCountsFewer() {
    List<DrawnAnswer> fresh =
        Stream.of(draws(10, 90, 30), draws(70, 20, 80)).flatMap(List::stream).toList();
    int before = 0;
    for (int budget = 0; budget <= 400; budget++) {
      int count = new EqualCost(budget, 50).of(fresh).size();
      assertThat(count).isGreaterThanOrEqualTo(before);
      before = count;
    }
    assertThat(before).isEqualTo(6);
  }
}
