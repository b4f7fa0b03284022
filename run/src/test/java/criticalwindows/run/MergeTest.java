package criticalwindows.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import criticalwindows.rollout.Budget;
import criticalwindows.search.Decision;
import criticalwindows.store.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Shares of a run become the run.
class MergeTest {
  @TempDir Path folder;

  private Path share(String cuts, String shard) throws InterruptedException {
    Path run = folder.resolve(shard.replace('/', '-'));
    Toys.begun(run, cuts, Map.of(Manifests.SHARD, shard));
    assertThat(Toys.work(run, Budget.NONE).remaining()).isEmpty();
    return run;
  }

  private static Map<String, List<Decision>> decisions(Path folder) {
    try (RunFolder run = RunFolder.open(folder)) {
      return new TreeMap<>(run.decisions().byProblem());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Toys.FRACTIONS, Toys.SEARCH})
  void sharesBecomeTheRunThatOneMachineWouldHaveMade(String cuts) throws Exception {
    Path alone = Toys.begun(folder.resolve("alone"), cuts, Map.of());
    Toys.work(alone, Budget.NONE);

    Path whole = folder.resolve("whole");
    List<Path> shares = List.of(share(cuts, "1/3"), share(cuts, "2/3"), share(cuts, "3/3"));
    Merge merge = Merge.of(shares, whole);
    assertThat(Toys.rows(whole)).isEqualTo(Toys.rows(alone));
    assertThat(decisions(whole)).isEqualTo(decisions(alone));
    assertThat(decisions(whole)).hasSize(cuts.equals(Toys.SEARCH) ? 4 : 0);
    try (RunFolder run = RunFolder.open(whole)) {
      assertThat(run.ledger().keys()).hasSize(merge.rollouts());
      assertThat(Manifests.shard(run.manifest())).isEmpty();
    }
    assertThat(Toys.work(whole, Budget.NONE).remaining()).isEmpty();
    assertThat(Toys.rows(whole)).isEqualTo(Toys.rows(alone));
  }

  @Test
  void whatIsMissingInAShareIsSampledInTheMergedSearch() throws Exception {
    Path alone = Toys.begun(folder.resolve("alone"), Toys.SEARCH, Map.of());
    Toys.work(alone, Budget.NONE);
    Path half = Toys.begun(folder.resolve("half"), Toys.SEARCH, Map.of(Manifests.SHARD, "2/2"));
    assertThat(Toys.work(half, new Budget.Rollouts(20)).remaining()).isPresent();

    Path whole = folder.resolve("whole");
    Merge.of(List.of(share(Toys.SEARCH, "1/2"), half), whole);
    Toys.work(whole, Budget.NONE);
    assertThat(Toys.rows(whole)).isEqualTo(Toys.rows(alone));
    assertThat(decisions(whole)).isEqualTo(decisions(alone));
  }

  @Test
  void oneRolloutInTwoRunsIsRefusedAndNothingIsWritten() throws Exception {
    Path one = share(Toys.FRACTIONS, "1/2");
    Path whole = folder.resolve("whole");
    assertThatThrownBy(() -> Merge.of(List.of(one, one), whole))
        .isInstanceOfSatisfying(
            UserError.class,
            e -> {
              assertThat(e).hasMessageContaining(" is in " + one + " and in " + one);
              assertThat(e.hint()).startsWith("leave one of the two out");
            });
    assertThat(Files.exists(whole)).isFalse();
  }
}
