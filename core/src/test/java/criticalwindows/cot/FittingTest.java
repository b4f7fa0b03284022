package criticalwindows.cot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.dataset.Card;
import criticalwindows.dataset.Dataset;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.model.ToyModel;
import criticalwindows.prompt.PromptSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FittingTest {
  private static final PromptSet PROMPTS = PromptSet.standard();

  private final ToyModel model = ToyModel.orderedDecisions();
  private final List<Problem> small = IntStream.range(0, 4).mapToObj(i -> problem(10 + i)).toList();
  private final List<Problem> large =
      IntStream.range(0, 7).mapToObj(i -> problem(4000 + i)).toList();

  private static Problem problem(int characters) {
    return Problem.of("toy", "logic", "x".repeat(characters), List.of(), "27");
  }

  private static Dataset dataset(List<Problem> problems, List<Problem> spare) {
    Card card = new Card("toy", "about", "size", "source", "licence");
    return new Dataset(card, problems, Map.of("seed", "1"), spare, List.of("noted before"));
  }

  @Test
  void whereAllFitNothingIsChanged() {
    Dataset drawn = dataset(small, large);
    assertThat(Fitting.of(model, PROMPTS, drawn, 100)).isSameAs(drawn);
  }

  @Test
  void theNextOfTheDrawTakesThePlaceOfOneThatIsTooLong() {
    List<Problem> first = List.of(small.get(0), large.get(0), small.get(1));
    List<Problem> spare = List.of(large.get(1), small.get(2), small.get(3));
    Dataset fitting = Fitting.of(model, PROMPTS, dataset(first, spare), 100);
    assertThat(fitting.problems()).containsExactly(small.get(0), small.get(1), small.get(2));
    String what = fitting.provenance().get(Fitting.TOO_LONG);
    assertThat(what)
        .startsWith(
            "2 of 5 problems are left out, which with a response of 100 tokens are longer than the"
                + " context of toy, 4096 tokens: ")
        .contains(large.get(0).id() + " (", large.get(1).id() + " (");
    assertThat(fitting.provenance()).containsEntry("seed", "1");
    assertThat(fitting.notes())
        .containsExactly("noted before", what + "; the next ones of the draw take their places");
  }

  @Test
  void theLongestResponseIsExact() {
    Problem problem = small.getFirst();
    int context = model.contextLength();
    int most = CotScripts.responseTokens(model, PROMPTS, List.of(problem(3000)));
    Dataset one = dataset(List.of(problem(3000), problem), List.of());
    assertThat(Fitting.of(model, PROMPTS, one, most).problems()).hasSize(2);
    assertThat(Fitting.of(model, PROMPTS, one, most + 1).problems()).containsExactly(problem);
    assertThat(Fitting.leastResponse(model)).isEqualTo(context / 4);
  }

  @Test
  void whenTooFewAreLeftThatIsTold() {
    Dataset drawn = dataset(List.of(small.get(0), large.get(0), large.get(1)), List.of());
    Dataset fitting = Fitting.of(model, PROMPTS, drawn, 100);
    assertThat(fitting.problems()).containsExactly(small.getFirst());
    assertThat(fitting.notes().getLast()).endsWith("; 1 of 3 are left");
  }

  @Test
  void whenNoneIsLeftThatIsAUserError() {
    UserError failure =
        catchThrowableOfType(
            UserError.class,
            () ->
                Fitting.of(model, PROMPTS, dataset(large.subList(0, 2), large.subList(2, 7)), 100));
    assertThat(failure)
        .hasMessageStartingWith("no problem of toy fits: 7 of 7 problems are left out")
        .hasMessageEndingWith(", …");
    assertThat(failure.hint())
        .isEqualTo("use a model with a longer context, or give --max-tokens below 100");
  }
}
