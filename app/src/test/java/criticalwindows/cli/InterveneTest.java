package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.intervene.Interventions;
import criticalwindows.rollout.Ledger;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Interventions at the windows of a real run, from the command line.
class InterveneTest {
  private static final String[] SMALL = {"--threads", "1", "--memory", "480M"};

  @TempDir Path folder;

  private Cli cot(Path run, String... more) {
    List<String> begin = new ArrayList<>(List.of("run", "cot", "--adaptive", "--out"));
    begin.addAll(List.of(run.toString(), "--dataset", "world:method:1"));
    begin.addAll(List.of(more));
    begin.addAll(List.of(SMALL));
    return Cli.run(begin.toArray(String[]::new));
  }

  private static Cli intervene(Path run, String... more) {
    List<String> command = new ArrayList<>(List.of("intervene", run.toString(), "--samples", "2"));
    command.addAll(List.of(more));
    return Cli.run(command.toArray(String[]::new));
  }

  @Test
  void itGoesOnWhereItStoppedAndThenOnlyPrints() throws IOException {
    Path run = folder.resolve("run");
    String[] four = {"--problems", "4", "--attention", "plain"};
    assertThat(cot(run, concat(four, "--rollouts-per-problem", "30")).exit()).isZero();
    String shown = withoutSessions(Cli.run("show", run.toString()));

    Cli begun = intervene(run, "--threads", "1", "--memory", "480M", "--budget", "2-rollouts");
    assertThat(begun.exit()).as(begun.err()).isZero();
    assertThat(begun.out())
        .contains("0 of them have all their samples", "go on with     cw intervene " + run);
    assertThat(samples(run)).isEqualTo(2);

    Cli whole = intervene(run, "--threads", "1", "--memory", "480M");
    assertThat(whole.exit()).as(whole.err()).isZero();
    assertThat(whole.out())
        .containsPattern("windows    [1-4] of 4 problems have one; the others are left out\n")
        .contains("hint       \"Wait, let me check this step again.\"")
        .containsPattern("original +[01.].* of 1.0 ")
        .containsPattern("resample, once +[01.].*\\[−.*\\[−")
        .contains("  resample, vote of 2 ", "  hint, once ", "  hint, vote of 2 ", "McNemar's");
    int all = samples(run);
    assertThat(all).isGreaterThan(2);

    Cli again = intervene(run, "--model", "nowhere");
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.out()).isEqualTo(whole.out());
    assertThat(samples(run)).isEqualTo(all);

    intervene(run, "--model", "nowhere", "--hint", "Hm?")
        .assertUserError("no model named nowhere", "base");

    // Java's own hash of these two is the same.
    for (String hint : List.of(" Aa", " BB", " Aa")) {
      String[] few = {"--threads", "1", "--memory", "480M", "--budget", "2-rollouts"};
      Cli asked = intervene(run, concat(few, "--hint", hint));
      assertThat(asked.exit()).as(asked.err()).isZero();
    }
    assertThat(ledgers(run)).as("with the one that had no model").hasSize(4);
    try (RunFolder opened = RunFolder.resume(run)) {
      assertThat(opened.manifest().sessions())
          .as("every session computes as the first did")
          .allMatch(session -> "plain".equals(session.provenance().get("attention")));
      assertThat(hints(opened)).containsExactlyInAnyOrder(Interventions.HINT, " Aa", " BB");
      for (String ledger : ledgers(run)) {
        try (Ledger samples = opened.ledger(ledger)) {
          assertThat(samples.keys().size()).isIn(0, 2, 4, all);
        }
      }
    }
    check(run);
    assertThat(withoutSessions(Cli.run("show", run.toString()))).isEqualTo(shown);
  }

  /// A check has continuations of its own, and asked again it only prints.
  private static void check(Path run) {
    Cli checked = intervene(run, concat(SMALL, "--check"));
    assertThat(checked.exit()).as(checked.err()).isZero();
    assertThat(checked.out())
        .containsPattern("windows    [1-4] of 4 have one; the others are left out\n")
        .containsPattern("(undecided|unlikely|always) +[01].* of 2 .*[−+]?[01].*\\[")
        .contains("Mean difference over");
    Cli again = intervene(run, "--model", "nowhere", "--check");
    assertThat(again.out()).as(again.err()).isEqualTo(checked.out());
  }

  private static String[] concat(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }

  private static List<String> ledgers(Path run) throws IOException {
    try (Stream<Path> folders = Files.list(run)) {
      return folders
          .map(path -> path.getFileName().toString())
          .filter(each -> each.startsWith("intervene-"))
          .toList();
    }
  }

  /// The hints that sessions name, each once.
  private static List<String> hints(RunFolder run) {
    return run.manifest().sessions().stream()
        .flatMap(session -> session.provenance().entrySet().stream())
        .filter(entry -> entry.getKey().startsWith("intervene-"))
        .map(Map.Entry::getValue)
        .distinct()
        .toList();
  }

  /// Rows of the interventions, an answer for each script.
  private static int samples(Path run) throws IOException {
    try (RunFolder opened = RunFolder.resume(run);
        Ledger ledger = opened.ledger(ledgers(run).getFirst())) {
      return ledger.keys().size();
    }
  }

  private static String withoutSessions(Cli shown) {
    return shown
        .out()
        .lines()
        .filter(line -> !line.startsWith("  sessions: "))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void aRunWithoutAResponseHasItsMend() {
    Path run = folder.resolve("run");
    assertThat(cot(run, "--problems", "1", "--budget", "1-rollouts").exit()).isZero();
    intervene(run).assertUserError("no problem of " + run + " has a response", "cw resume " + run);
  }

  @Test
  void whatCannotBeAskedHasItsMend() {
    String none = folder.resolve("none").toString();
    Cli.run("intervene", none).assertUserError("none", "run");
    Cli.run("intervene", none, "--samples", "0").assertUserError("--samples 0", "at least 1");
    Cli.run("intervene", none, "--hint", " ").assertUserError("--hint says nothing", "few words");
    Cli.run("intervene", none, "--check", "--hint", "Hm?")
        .assertUserError("--check and --hint", "gives no hint");
    Cli.run("intervene", none, "--budget", "much").assertUserError("--budget much", "2h");
  }
}
