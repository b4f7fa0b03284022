package criticalwindows.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.error.UserError;
import criticalwindows.run.Experiments;
import criticalwindows.stats.Proportion;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Files in, findings out.
final class Imports {
  private Imports() {}

  static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.writeString(file, text);
  }

  static Import.Asked asked(String layout, Path path) {
    return new Import.Asked(layout, path, OptionalInt.empty(), Optional.empty());
  }

  static Import.Asked asked(String layout, Path path, int rollouts) {
    return new Import.Asked(layout, path, OptionalInt.of(rollouts), Optional.empty());
  }

  /// The run of an import, in a folder beside its files.
  static Path run(Import.Asked asked) {
    Path out = asked.path().resolveSibling(asked.path().getFileName() + "-run");
    Import.read(asked).write(out, Map.of("cw", "test"), Instant.EPOCH);
    return out;
  }

  /// What is found of a response, as everything that shows a run finds it.
  static CotFinding finding(Path folder, String id) {
    try (RunFolder run = RunFolder.open(folder)) {
      return run.ledger().problems().stream()
          .filter(problem -> problem.id().equals(id))
          .flatMap(
              problem ->
                  CotFinding.of(
                      problem,
                      run.ledger().samples(id),
                      Experiments.cuts(run),
                      Experiments.scorers(run).searched().scorer())
                      .stream())
          .findFirst()
          .orElseThrow();
    }
  }

  /// The places of a response: tokens kept, continuations with the same outcome, right ones.
  static List<String> curve(Path run, String id) {
    List<String> places = new ArrayList<>();
    for (CotLevel level : finding(run, id).levels()) {
      places.add(
          level.cut().kept()
              + ": same "
              + show(level.consistent())
              + " right "
              + show(level.right()));
    }
    return places;
  }

  private static String show(Proportion share) {
    return share.successes() + "/" + share.trials();
  }

  static void refused(Import.Asked asked, String error, String hint) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> Import.read(asked))
        .satisfies(
            failure -> {
              assertThat(failure).hasMessageContaining(error);
              assertThat(failure.hint()).contains(hint);
            });
  }
}
