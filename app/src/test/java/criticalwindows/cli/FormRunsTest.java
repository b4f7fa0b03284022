package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.console.Exit;
import criticalwindows.rollout.Arm;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Form runs on the built-in model, and what is said of user errors.
class FormRunsTest {
  /// The first numbers of a row: tokens kept, the exact share's bounds, the generator's value.
  private static final Pattern ROW =
      Pattern.compile("  (\\d+) .*? ([.0-9]+)(?:–([.0-9]+))? +([.0-9]+) +(agree|APART)");

  @TempDir Path folder;

  private Cli form(String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", "form", "--threads", "1"));
    arguments.addAll(List.of("--memory", "480M", "--out", folder.resolve("run").toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  @Test
  void theBuiltInFormAgreesThreeWaysAndWithItsGenerator() throws IOException {
    Cli ran =
        form("--texts", "60", "--samples", "8", "--choices", "barn,goat,phoenix,mermaid,rune");
    assertThat(ran.exit()).as(ran.err()).isZero();
    Path run = folder.resolve("run");
    List<Matcher> rows = ran.out().lines().map(ROW::matcher).filter(Matcher::find).toList();
    assertThat(rows).hasSize(11);
    // The model is not its generator, but near: total variation .04 on this form.
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.group(5)).isEqualTo("agree");
              double generator = Double.parseDouble(row.group(4));
              assertThat(Double.parseDouble(row.group(2)))
                  .isBetween(generator - .1, generator + .1);
            });
    assertThat(rows.getFirst().group(4)).isEqualTo("0.149");
    assertThat(ran.out()).startsWith(Cli.run("show", run.toString()).out());
    assertThat(keys(run)).isEqualTo(60 + 32 + 11 * 8);
    Cli.resumed(run);
    assertThat(keys(run)).isEqualTo(60 + 32 + 11 * 8);
    assertPage(run);
    assertTheory(run);
    for (List<String> command :
        List.of(
            List.of("audit"),
            List.of("regrade"),
            List.of("intervene"),
            List.of("export", "--csv", "x"),
            List.of("plot", "--out", "x"))) {
      List<String> words = new ArrayList<>(command);
      words.add(run.toString());
      Cli refused = Cli.run(words.toArray(String[]::new));
      assertThat(refused.exit()).isEqualTo(Exit.USER_ERROR);
      assertThat(refused.err()).contains("is a form run").contains("cw show");
    }
  }

  private static long keys(Path run) {
    try (RunFolder opened = RunFolder.open(run)) {
      assertThat(opened.ledger().keys()).anyMatch(key -> key.is(Arm.GIVEN));
      return opened.ledger().keys().size();
    }
  }

  private void assertPage(Path run) throws IOException {
    Path again = folder.resolve("again.html");
    assertThat(Cli.run("report", run.toString(), "--out", again.toString()).exit()).isZero();
    String page = Files.readString(again);
    assertThat(page).isEqualTo(Files.readString(run.resolve("report.html")));
    assertThat(page).contains("<mark>Barn</mark>").doesNotContain("<script").doesNotContain("{{");
    assertThat(page.split("<svg", -1)).hasSize(3);
  }

  private static void assertTheory(Path run) {
    Cli theory = Cli.run("theory", run.toString());
    assertThat(theory.exit()).as(theory.err()).isZero();
    assertThat(theory.out())
        .containsPattern("Barn +0\\.30 +6 +27 +5 +6 +0\\.\\d+ +0\\.264 +0\\.123 +holds");
    assertThat(Cli.run("theory", run.toString(), "--epsilon", ".5").out())
        .contains("vacuous: the bound is 1 or more");
  }

  @Test
  void aPromptWithMoreCombinationsThanCanBeScoredIsSampledAndSaysSo() throws IOException {
    StringBuilder prompt = new StringBuilder("Complete these sentences.\n");
    for (int i = 1; i <= 11; i++) {
      prompt.append("\n").append(i).append(". A (Otter/Goat).");
    }
    Path file = Files.writeString(folder.resolve("large.txt"), prompt);
    Cli ran =
        form(
            "--prompt",
            file.toString(),
            "--texts",
            "4",
            "--samples",
            "1",
            "--choices",
            "Goat,".repeat(10) + "Goat");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("2,048 combinations are more than the 1,024 that are scored")
        .containsPattern("– +–");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "A (Cat/Dog came.; a ( without a ) on its line; (a/b)",
        "A (Cat) came.; at least two options; (a/b)",
        "No choice.; the prompt has no choice in it; (Otter/Goat)",
        "\u001b[31m(Cat); the choice (Cat) in line 1; (a/b)",
        "(1/2).; the choice (1/2) in line 1; sentences that can be told apart",
        "A (cat/catfish); where cat ends the text, catfish can still come; a full stop",
      })
  void aPromptThatIsNoFormIsRefusedInTwoLines(String text, String error, String hint)
      throws IOException {
    Path file = Files.writeString(folder.resolve("form.txt"), text);
    assertUserError(form("--prompt", file.toString()), error, hint);
  }

  @Test
  void aPromptLongerThanTheContextIsRefusedInTwoLines() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("form.txt"), "Word. ".repeat(300) + "\n1. A (Cat/Dog) came.");
    Cli result = form("--prompt", file.toString());
    assertUserError(result, "the context of base is 512", "longer context");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--texts 0 | --texts 0 | at least 1",
        "--samples 0 | --samples 0 | at least 1",
        "--problems 0 | --problems 0 | at least 1",
        "--problems 2 | --problems 2 of one prompt | world:forms",
        "--dataset world:method | the data set world:method holds no forms | --prompt FILE",
        "--dataset world:forms:x | --dataset world:forms:x | as a number",
        "--dataset world:forms --problems 9999 | --problems 9999 | at most 1000",
        "--prompt nowhere.txt | --prompt nowhere.txt cannot be read | a text file",
        "--prompt a --dataset world:forms | were both given | one of the two",
        "--choices Barn | 1 choices were named, and the form has 5 | one word for each",
        "--choices Barn,Goat,Phoenix,Mermaid,Ruin | no option named Ruin | Rune",
        "--temperature -1 | a temperature is in [0, 100] | in these ranges",
      })
  void otherUserErrorsHaveTwoLinesToo(String options, String error, String hint) {
    assertUserError(form(options.split(" ", -1)), error, hint);
  }

  @Test
  void anEpsilonIsBetweenZeroAndOne() {
    Cli result = Cli.run("theory", "nowhere", "--epsilon", "1");
    assertUserError(result, "--epsilon 1.0", "below 1");
  }

  @Test
  void helpHasExamples() {
    for (String command : new String[] {"run form", "theory"}) {
      Cli result = Cli.run((command + " --help").split(" ", -1));
      assertThat(result.exit()).isZero();
      assertThat(result.out()).contains("Usage: cw " + command).contains("Examples:");
    }
  }

  private void assertUserError(Cli result, String error, String hint) {
    result.assertUserError(error, hint);
    assertThat(folder.resolve("run")).doesNotExist();
  }
}
