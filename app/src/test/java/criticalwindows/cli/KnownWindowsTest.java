package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Grader;
import criticalwindows.model.Sampling;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import criticalwindows.run.KnownWindows;
import criticalwindows.window.WindowStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownWindowsTest {
  private static final CutPlan CUTS = CutPlan.parse("0.1,0.3,0.5,0.9");

  @TempDir Path folder;

  private final MemoryLedger ledger = ledger();

  private Path file() {
    return folder.resolve("windows.json");
  }

  @Test
  void whatIsKeptIsReadBackToTheLastBit() throws IOException {
    List<CotFinding> findings = findings(row -> row);
    WindowStudy asked = WindowStudy.of(findings);
    assertThat(KnownWindows.of(folder, findings)).isEqualTo(asked);
    String kept = Files.readString(file());
    assertThat(KnownWindows.of(folder, findings)).isEqualTo(asked);
    assertThat(Files.readString(file())).isEqualTo(kept);
    // It is read and not worked out again: what is written there is what is said.
    Files.writeString(file(), kept.replaceFirst("\"rollouts\":20", "\"rollouts\":21"));
    assertThat(KnownWindows.of(folder, findings).rollouts()).isEqualTo(asked.rollouts() + 1);
  }

  @Test
  void oneOtherSampleIsAskedAnew() throws IOException {
    List<CotFinding> findings = findings(row -> row);
    WindowStudy before = KnownWindows.of(folder, findings);
    String kept = Files.readString(file());
    Sample one = changeable(findings);
    List<CotFinding> others =
        findings(row -> row.equals(one) ? saying(row, "The answer is $77$.") : row);
    WindowStudy after = KnownWindows.of(folder, others);
    assertThat(after).isEqualTo(WindowStudy.of(others)).isNotEqualTo(before);
    assertThat(Files.readString(file())).isNotEqualTo(kept);
    assertThat(KnownWindows.of(folder, findings)).isEqualTo(before);
  }

  @Test
  void aDamagedFileIsMadeAgainAndAFolderThatCannotBeWrittenDoesNotMatter() throws IOException {
    List<CotFinding> findings = findings(row -> row);
    WindowStudy asked = KnownWindows.of(folder, findings);
    String kept = Files.readString(file());
    for (String damaged :
        List.of(
            "",
            "{",
            "[]",
            kept.substring(0, kept.length() / 2),
            kept.replaceFirst("\"noWindow\":[^,]+", "\"noWindow\":\"NaN\""),
            kept.replaceFirst("\"gain\":\\[[^,]+,", "\"gain\":["),
            kept.replace("\"problems\"", "\"other\""))) {
      Files.writeString(file(), damaged);
      assertThat(KnownWindows.of(folder, findings)).as(damaged).isEqualTo(asked);
      assertThat(Files.readString(file())).isEqualTo(kept);
    }
    assertThat(KnownWindows.of(folder.resolve("none"), findings)).isEqualTo(asked);
    Files.delete(file());
    Files.createSymbolicLink(file(), folder.resolve("elsewhere"));
    Files.writeString(
        folder.resolve("elsewhere"), kept.replace("\"rollouts\":20", "\"rollouts\":9"));
    assertThat(KnownWindows.of(folder, findings)).isEqualTo(asked);
  }

  /// Where these numbers change and the samples have not, old files are wrong: raise the version,
  /// then correct them here.
  @Test
  void theVersionBelongsToTheModelsNumbers() {
    assertThat(KnownWindows.VERSION).isEqualTo(2);
    assertThat(
            KnownWindows.of(folder, findings(row -> row)).byProblem().values().stream()
                .map(
                    known ->
                        "%.9f %.6f %.6f"
                            .formatted(
                                known.noWindow(),
                                known.window().place().mean(),
                                known.window().rise().mean())))
        .containsExactly(
            "0.000000001 11.576534 0.697886",
            "0.000000073 10.786080 0.696942",
            "0.000000014 9.609796 0.759389",
            "0.000012273 9.825314 0.592256");
  }

  private static Sample saying(Sample row, String text) {
    return new Sample(
        row.key(),
        row.turn(),
        row.tokens(),
        text,
        List.of(),
        row.finish(),
        row.logProbs(),
        row.seed(),
        row.engine(),
        row.wave(),
        row.elapsed());
  }

  /// A reply that has the original's answer.
  private Sample changeable(List<CotFinding> findings) {
    CotFinding last = findings.getLast();
    return ledger.samples(last.problem().id()).stream()
        .filter(row -> row.key().is(Arm.RESAMPLE) && row.turn() == Sample.Turn.ANSWER)
        .filter(row -> row.text().contains(last.outcome().show()))
        .findFirst()
        .orElseThrow();
  }

  private List<CotFinding> findings(UnaryOperator<Sample> change) {
    List<CotFinding> findings = new ArrayList<>();
    ledger.forEach(
        (problem, rows) ->
            CotFinding.of(problem, rows.stream().map(change).toList(), CUTS, Grader.STANDARD)
                .ifPresent(findings::add));
    return findings;
  }

  private static MemoryLedger ledger() {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      problems.add(Problem.of("toy", "logic", "Which leaf? (" + i + ")", List.of(), "27"));
    }
    MemoryLedger ledger = new MemoryLedger(problems);
    CotSettings settings = new CotSettings(CUTS, 5, Sampling.PLAIN, 40, 11);
    CotScripts scripts =
        new CotScripts(ToyModel.orderedDecisions(), PromptSet.standard(), settings);
    try {
      Runner.run(new FixedCuts(scripts), ledger, InstantSource.fixed(Instant.EPOCH), state -> {});
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return ledger;
  }
}
