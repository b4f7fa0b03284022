package criticalwindows.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenCurvesTest {
  @TempDir private Path folder = Path.of("");

  private List<GivenCurve> read(GivenCurves.Lines lines, String... texts) throws IOException {
    Path file = folder.resolve("curves.jsonl");
    Files.write(file, List.of(texts));
    return GivenCurves.read(file, lines);
  }

  private static String line(String id, String p) {
    return "{\"id\": \"%s\", \"length\": 100, \"unit\": \"token\", \"kept\": [10, 20, 60], \"p\": %s}"
        .formatted(id, p);
  }

  @Test
  void aCurveIsAStepBetweenItsPositions() throws IOException {
    GivenCurve curve = read(GivenCurves.Lines.ALL, line("a", "[0.2, 0.7, 0.9]")).getFirst();
    assertThat(List.of(0, 10, 19, 20, 59, 60, 100))
        .extracting(curve::value)
        .containsExactly(.2, .2, .2, .7, .7, .9, .9);
    assertThat(curve.tokens(20)).isEqualTo(80);
  }

  @Test
  void aWindowIsTheShortestRiseOfOneHalf() throws IOException {
    GivenCurve curve = read(GivenCurves.Lines.ALL, line("a", "[0.2, 0.7, 0.9]")).getFirst();
    assertThat(curve.window()).isEqualTo(Optional.of(new GivenCurve.Stretch(10, 20)));
    assertThat(curve.kind()).isEqualTo(GivenCurve.Kind.NARROW);
    assertThat(curve.window().orElseThrow().distance(27.5)).isEqualTo(7.5);
    assertThat(curve.window().orElseThrow().distance(12)).isZero();
  }

  @Test
  void kindsAreThoseOfTheDefinition() throws IOException {
    assertThat(
            read(
                GivenCurves.Lines.ALL,
                line("a", "[0.2, 0.3, 0.8]"),
                line("b", "[0.2, 0.5, 0.2]"),
                line("c", "[0.9, 0.2, 0.4]")))
        .extracting(GivenCurve::kind)
        .containsExactly(GivenCurve.Kind.BROAD, GivenCurve.Kind.SLIGHT, GivenCurve.Kind.FLAT);
  }

  @Test
  void aCurveOfAWrongAnswerIsTurnedOver() throws IOException {
    GivenCurve curve =
        read(GivenCurves.Lines.ALL, line("m/incorrect_base/p", "[0.75, 0.5, 0.25]")).getFirst();
    assertThat(curve.values()).containsExactly(.25, .5, .75);
  }

  @Test
  void oddAndEvenLinesArePartsOfAll() throws IOException {
    String[] lines = {line("1", "[0,0,0]"), line("2", "[0,0,0]"), line("3", "[0,0,0]")};
    assertThat(read(GivenCurves.Lines.ODD, lines))
        .extracting(GivenCurve::id)
        .containsExactly("1", "3");
    assertThat(read(GivenCurves.Lines.EVEN, lines)).extracting(GivenCurve::id).containsExactly("2");
    assertThat(read(GivenCurves.Lines.ALL, lines)).hasSize(3);
  }

  @Test
  void whatIsNoCurveIsAUserErrorWithItsLine() {
    assertThatThrownBy(
            () -> read(GivenCurves.Lines.ALL, line("1", "[0,0,0]"), line("2", "[0,2,0]")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("line 2 is no curve");
    assertThatThrownBy(() -> read(GivenCurves.Lines.ALL, "not json"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("line 1 is no JSON object");
    assertThatThrownBy(() -> read(GivenCurves.Lines.EVEN, line("1", "[0,0,0]")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no curves");
  }
}
