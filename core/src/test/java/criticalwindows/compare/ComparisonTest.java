package criticalwindows.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.compare.Comparison.Lack;
import criticalwindows.compare.Comparison.Row;
import criticalwindows.compare.Measured.Place;
import criticalwindows.model.Tokens;
import criticalwindows.stats.Holm;
import criticalwindows.stats.PairedProportions;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Runs of items whose measurements are written down here.
class ComparisonTest {
  private static final Response COARSE =
      new Response(Tokens.of(1, 2), "all cats purr", List.of(8, 13));
  private static final Response FINE =
      new Response(Tokens.of(5, 6, 7), "all cats purr", List.of(3, 8, 13));
  private static final Response OTHER =
      new Response(Tokens.of(1, 3), "no cats purr", List.of(7, 12));

  private static Measured item(String id, String question, boolean right, int same) {
    return new Measured(
        id,
        question,
        "A",
        Optional.of(right),
        true,
        new Proportion(same, 10),
        new FractionCurve(
            List.of(new FractionCurve.Point(0, same / 10.0), new FractionCurve.Point(1, 1))),
        Optional.of(false),
        Optional.empty(),
        COARSE);
  }

  private static Measured item(String id, boolean right, int same) {
    return item(id, "about " + id, right, same);
  }

  private static Measured claiming(Measured item, Place place, Response response) {
    return new Measured(
        item.item(),
        item.question(),
        item.answer(),
        item.right(),
        item.readable(),
        item.fromStart(),
        item.curve(),
        Optional.of(true),
        Optional.of(place),
        response);
  }

  private static ComparedRun run(List<Measured> items) {
    Map<String, Measured> byId = new LinkedHashMap<>();
    items.forEach(item -> byId.put(item.item(), item));
    return new ComparedRun("run", byId);
  }

  private static Comparison compare(ComparedRun... runs) {
    List<Double> at = IntStream.range(0, runs.length).mapToObj(i -> 1.0 * i * i).toList();
    return Comparison.of(List.of(runs), at, new SplittableRandom(1));
  }

  private static Row row(Comparison comparison, String quantity, int... runs) {
    List<Integer> of = IntStream.of(runs).boxed().toList();
    return comparison.rows().stream()
        .filter(row -> row.quantity().name().equals(quantity) && row.runs().equals(of))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void rightAndWrongArePairedByItem() {
    List<Measured> first = new ArrayList<>();
    List<Measured> second = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      first.add(item("p" + i, i < 9, 5));
      second.add(item("p" + i, i < 2 || i == 11, 5));
    }
    Row right = row(compare(run(first), run(second)), "original right", 0, 1);
    PairedProportions counts = new PairedProportions(2, 1, 7, 2);
    assertThat(right.items()).isEqualTo(12);
    assertThat(right.means()).containsExactly(.75, .25);
    assertThat(right.change()).isCloseTo(-.5, within(1e-12));
    assertThat(right.p().value()).isCloseTo(counts.pValue(), within(1e-12));
    assertThat(right.p().error()).isEmpty();
    assertThat(right.interval().orElseThrow().high()).isNegative();
  }

  @Test
  void aRunDiffersInNothingFromItself() {
    List<Measured> items = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Measured plain = item("p" + i, i < 2, i);
      items.add(i < 3 ? claiming(plain, new Place(1, .5, .7), COARSE) : plain);
    }
    Comparison same = compare(run(items), run(items), run(items));
    assertThat(same.rows())
        .allSatisfy(
            row -> {
              assertThat(row.change()).isZero();
              assertThat(row.p().value()).isEqualTo(1);
              assertThat(row.adjusted()).isEqualTo(1);
              assertThat(row.interval().map(known -> known.holds(0)).orElse(true)).isTrue();
            });
    // Each with the first, and the trend, of every quantity but characters.
    assertThat(same.rows()).hasSize(3 * (Quantity.ALL.size() - 1));
    assertThat(row(same, "window's place", 0, 1).interval()).isEmpty();
    assertThat(row(same, "original right", 0, 1).interval()).isPresent();
  }

  @Test
  void whatIsMissingIsNamedAndWhatIsUnlikeIsLeftOut() {
    ComparedRun one = run(List.of(item("a", true, 5), item("b", true, 5), item("c", true, 5)));
    ComparedRun two =
        run(List.of(item("a", true, 6), item("c", "something else", true, 5), item("d", true, 1)));
    Comparison comparison = compare(one, two);
    assertThat(comparison.items()).isEqualTo(1);
    assertThat(comparison.unlike()).containsExactly("c");
    assertThat(comparison.lacks())
        .containsExactly(new Lack(List.of("d"), 0), new Lack(List.of("b"), 0));
    Row only = row(comparison, "consistent at 0", 0, 1);
    assertThat(only.change()).isCloseTo(.1, within(1e-12));
    assertThat(only.interval()).isEmpty();
    assertThat(only.p().value()).isEqualTo(1);
  }

  /// Ten texts that answer one question are not ten questions.
  @Test
  void itemsAboutOneQuestionCountOnce() {
    List<Measured> first = new ArrayList<>();
    List<Measured> second = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String question = i < 10 ? "the same" : "about " + i;
      first.add(item("t" + i, question, false, 5));
      second.add(item("t" + i, question, i < 10, 5));
    }
    Comparison comparison = compare(run(first), run(second));
    assertThat(comparison.questions()).isEqualTo(3);
    Row right = row(comparison, "original right", 0, 1);
    assertThat(right.items()).isEqualTo(12);
    assertThat(right.questions()).isEqualTo(3);
    assertThat(right.change()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(right.p().value()).isEqualTo(1);
  }

  @Test
  void placesAreInTokensOrCharactersWhereTheTextIsTheSame() {
    Place early = new Place(1, .5, .6);
    Place late = new Place(2, 1, .8);
    List<Measured> first = List.of(claiming(item("a", true, 1), early, COARSE), item("b", true, 1));
    ComparedRun sameTokens =
        run(List.of(claiming(item("a", true, 1), late, COARSE), item("b", true, 1)));
    ComparedRun otherTokens =
        run(List.of(claiming(item("a", true, 1), early, FINE), item("b", true, 1)));
    ComparedRun otherText =
        run(List.of(claiming(item("a", true, 1), late, OTHER), item("b", true, 1)));
    Row tokens = row(compare(run(first), sameTokens), "window's place in tokens", 0, 1);
    assertThat(tokens.items()).isEqualTo(1);
    assertThat(tokens.change()).isEqualTo(1);
    Row characters = row(compare(run(first), otherTokens), "window's place in characters", 0, 1);
    assertThat(characters.means()).containsExactly(8.0, 3.0);
    assertThat(compare(run(first), otherText).rows())
        .extracting(row -> row.quantity().name())
        .contains("window's place", "window's height", "window claimed")
        .doesNotContain("window's place in tokens", "window's place in characters");
    assertThat(FINE.characters(1.5)).isEqualTo(5.5);
    assertThat(FINE.characters(3)).isEqualTo(13);
  }

  @Test
  void aSeriesHasATrend() {
    List<ComparedRun> runs = new ArrayList<>();
    for (int same : List.of(2, 3, 6)) {
      runs.add(
          run(IntStream.range(0, 5).mapToObj(i -> item("p" + i, true, same + i % 2)).toList()));
    }
    Comparison comparison = compare(runs.toArray(ComparedRun[]::new));
    Row trend = row(comparison, "consistent at 0", 0, 1, 2);
    // At 0, 1 and 4 the line through .2, .3 and .6 rises by .4.
    assertThat(trend.change()).isCloseTo(.4, within(1e-12));
    // Each item's values stand in the steepest of six orders; their reverse is not as steep, as the
    // places are not even, but another order is never as steep downwards.
    assertThat(trend.p().value()).isBetween(1 / 7776.0 - 1e-12, 2 / 7776.0 + 1e-12);
    assertThat(row(comparison, "consistent at 0", 0, 2).change()).isCloseTo(.4, within(1e-12));
    List<Double> all = comparison.rows().stream().map(row -> row.p().value()).toList();
    assertThat(comparison.rows())
        .extracting(Row::adjusted)
        .containsExactlyElementsOf(Holm.adjusted(all));
  }

  @Test
  void whatNoRunMeasuredHasNoRow() {
    Measured bare =
        new Measured(
            "a",
            "what?",
            "",
            Optional.empty(),
            false,
            Proportion.NONE,
            new FractionCurve(List.of()),
            Optional.empty(),
            Optional.empty(),
            OTHER);
    Comparison comparison = compare(run(List.of(bare)), run(List.of(bare)));
    assertThat(comparison.rows()).isEmpty();
    assertThat(comparison.lacks()).extracting(Lack::unread).containsExactly(1, 1);
  }
}
