package criticalwindows.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import criticalwindows.localise.AdaptiveSearch.Belief;
import criticalwindows.localise.Credible;
import criticalwindows.localise.Move;
import criticalwindows.search.Decision;
import criticalwindows.stats.Interval;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionFileTest {
  private static final Decision FIRST =
      new Decision(
          "a",
          1,
          0,
          Optional.empty(),
          new Move.Sample(List.of(new Move.Draw(0, 3), new Move.Draw(9, 3)), "a \"grid\"\n"));
  private static final Decision SECOND =
      new Decision(
          "a",
          2,
          6,
          Optional.of(
              new Belief(
                  1 / 3.0,
                  List.of(
                      new Credible(4.1, new Interval(2, 7), .6),
                      new Credible(90, new Interval(88, 92), .33)),
                  Math.PI / 10)),
          new Move.Sample(List.of(new Move.Draw(5, 4)), "tells most"));
  private static final Decision STOP =
      new Decision(
          "b", 1, 0, Optional.of(new Belief(.97, List.of(), 0)), new Move.Stop("no window"));

  @TempDir private Path folder = Path.of("");

  private DecisionFile file() {
    return new DecisionFile(folder.resolve("decisions.jsonl"), true);
  }

  @Test
  void whatWasAppendedIsReadAgain() {
    assertThat(file().byProblem()).isEmpty();
    file().append(List.of(FIRST, STOP));
    file().append(List.of());
    file().append(List.of(SECOND));
    assertThat(file().byProblem().get("a")).containsExactly(FIRST, SECOND);
    assertThat(file().byProblem().get("b")).containsExactly(STOP);
  }

  @Test
  void aDecisionOfBeforeNamesOnePlace() throws IOException {
    Files.writeString(
        folder.resolve("decisions.jsonl"),
        """
        {"problem":"a","round":2,"spent":6,"noWindow":0.25,"nats":0.5,"place":[4,2,7,0.93],"stop":"x"}
        """);
    List<Decision> decisions = file().byProblem().getOrDefault("a", List.of());
    Belief belief = decisions.getFirst().belief().orElseThrow();
    assertThat(belief.places()).containsExactly(new Credible(4, new Interval(2, 7), .93));
  }

  @Test
  void aLineThatWasNeverFinishedIsNoDecision() throws IOException {
    file().append(List.of(FIRST));
    Files.writeString(file().file(), "{\"problem\":\"b\",\"rou", StandardOpenOption.APPEND);
    assertThat(file().byProblem()).containsOnlyKeys("a");
    file().append(List.of(STOP));
    assertThat(file().byProblem().get("b")).containsExactly(STOP);
    assertThat(Files.readAllLines(file().file())).hasSize(2);
  }

  @Test
  void aLineThatWasTornInsideALetterIsNoDecision() throws IOException {
    byte[] line = "{\"problem\":\"h\u00e9 \ud83d\ude00".getBytes(StandardCharsets.UTF_8);
    for (int cut : List.of(line.length - 1, line.length - 3, 14)) {
      Files.deleteIfExists(file().file());
      file().append(List.of(FIRST));
      Files.write(file().file(), Arrays.copyOf(line, cut), StandardOpenOption.APPEND);
      assertThat(file().byProblem()).containsOnlyKeys("a");
      file().append(List.of(STOP));
      assertThat(file().byProblem().get("b")).containsExactly(STOP);
      assertThat(Files.readAllLines(file().file())).hasSize(2);
    }
  }

  @Test
  void aFinishedLineThatIsNoTextIsAUserError() throws IOException {
    file().append(List.of(FIRST));
    byte[] torn = {'{', '"', (byte) 0xc3, '\n'};
    Files.write(file().file(), torn, StandardOpenOption.APPEND);
    assertThatThrownBy(() -> file().byProblem())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("line 2 is no decision");
  }

  @Test
  void aBrokenLineIsAUserErrorWithItsNumber() throws IOException {
    file().append(List.of(FIRST));
    for (String broken : List.of("[]", "{\"problem\":\"b\"}", "no json", "{\"problem\":3}")) {
      Files.writeString(file().file(), DecisionJson.write(FIRST) + "\n" + broken + "\n");
      assertThatThrownBy(() -> file().byProblem())
          .isInstanceOf(UserError.class)
          .hasMessageContaining("line 2 is no decision");
    }
  }

  @Test
  void aRunThatIsOpenToBeReadTakesNoDecisions() {
    DecisionFile reading = new DecisionFile(folder.resolve("decisions.jsonl"), false);
    assertThatThrownBy(() -> reading.append(List.of(FIRST)))
        .isInstanceOf(IllegalStateException.class);
  }
}
