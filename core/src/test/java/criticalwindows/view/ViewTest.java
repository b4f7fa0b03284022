package criticalwindows.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ViewTest {
  @Test
  void columnsAreAsWideAsTheirWidestCellAndExplainedBeneath() {
    View<String> view =
        new View<>(
            List.of(
                new Column<>("a", "the word", word -> word),
                new Column<>("length", "its characters", word -> "" + word.length()),
                new Column<>("", "whether it is long", word -> word.length() > 4 ? "long" : "")),
            List.of("wörds", "🙂"));
    assertThat(view.lines("b: nothing"))
        .containsExactly(
            "  a      length",
            "  wörds  5       long",
            "  🙂      2",
            "  (a: the word; length: its characters; b: nothing)");
    assertThat(view.cells().getFirst()).containsExactly("wörds", "5", "long");
  }

  @Test
  void aLongLegendTakesMoreLines() {
    List<String> lines = View.wrapped("(" + "word ".repeat(60).strip() + ")");
    assertThat(lines).hasSize(3).allMatch(line -> line.length() <= 116);
    assertThat(lines.get(1)).startsWith("   word");
  }

  @Test
  void noColumnIsWithoutItsMeaning() {
    assertThatThrownBy(() -> new Column<String>("q", " ", word -> word))
        .hasMessageContaining("the column q is not explained");
  }
}
