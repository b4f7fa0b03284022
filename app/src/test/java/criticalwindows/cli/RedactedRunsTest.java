package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.rollout.Sample;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is shown of runs of attacks, so that it can be shown to anybody.
class RedactedRunsTest {
  private static final Pattern WORD = Pattern.compile("\\p{L}{4,}");

  /// Words of requests and responses of the toy world, none of which is in pages and tables for
  /// anything else.
  private static final Set<String> WORLD =
      Set.of(
          "moonstone",
          "lantern",
          "Grizz",
          "Gather",
          "Stir",
          "pinches",
          "bowl",
          "iron",
          "wooden",
          "sorry",
          "spoons",
          "cups",
          "dust",
          "glows",
          "Stay",
          "enough",
          "slowly",
          "glass");

  @TempDir static Path folder;
  private static Path run = Path.of("");

  private static Cli done(String... words) {
    Cli cli = Cli.run(words);
    assertThat(cli.exit()).as(cli.err()).isZero();
    return cli;
  }

  private static String all(Path files) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> each = Files.walk(files)) {
      for (Path file : each.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  @BeforeAll
  static void run() {
    run = folder.resolve("run");
    done(
        "run",
        "attack",
        "--model",
        "small-aligned",
        "--attack",
        "role-play",
        "--n",
        "1",
        "--samples",
        "3",
        "--cuts",
        "first:2",
        "--max-tokens",
        "40",
        "--threads",
        "1",
        "--memory",
        "300M",
        "--out",
        run.toString());
  }

  /// The words of these that were asked or written.
  private static Set<String> written() {
    Set<String> words = new TreeSet<>();
    try (RunFolder opened = RunFolder.open(run)) {
      opened
          .ledger()
          .forEach(
              (problem, samples) -> {
                List<String> texts = new ArrayList<>(List.of(problem.question()));
                samples.stream().map(Sample::text).forEach(texts::add);
                texts.forEach(
                    text ->
                        WORD.matcher(text).results().forEach(found -> words.add(found.group())));
              });
    }
    words.retainAll(WORLD);
    return words;
  }

  @Test
  void nothingThatIsShownOfAnAttackHasAWordOfIt() throws IOException {
    Set<String> words = written();
    assertThat(words).contains("moonstone", "lantern").hasSizeGreaterThan(3);
    Path tables = folder.resolve("tables");
    Path log = folder.resolve("log.json");
    Path figures = folder.resolve("figures");
    Cli exported =
        done("export", run.toString(), "--csv", tables.toString(), "--inspect", log.toString());
    assertThat(exported.err()).contains("note: what was asked and what was written is blurred");
    done("plot", run.toString(), "--out", figures.toString());
    String shown = done("show", run.toString()).out();
    assertThat(shown).contains("██", "warning: what was asked and what was written is blurred");
    Path page = folder.resolve("own.html");
    done("report", run.toString(), "--out", page.toString());
    assertThat(Files.readString(page)).contains("██", "--no-redact shows it");
    assertThat(log).content().contains("\"texts\":\"blurred\"", "██");
    assertThat(tables.resolve("README.md")).content().contains("Texts: what was asked");
    for (String text :
        List.of(
            Files.readString(run.resolve("report.html")),
            Files.readString(page),
            shown,
            all(tables),
            Files.readString(log),
            Files.readString(figures.resolve("columns.md")))) {
      assertThat(words(text)).doesNotContainAnyElementsOf(words);
    }
  }

  private static Set<String> words(String text) {
    Set<String> words = new TreeSet<>();
    WORD.matcher(text).results().forEach(found -> words.add(found.group()));
    return words;
  }

  @Test
  void whoAsksForTheTextsSeesThem() throws IOException {
    Set<String> words = written();
    String page = folder.resolve("page.html").toString();
    done("report", run.toString(), "--no-redact", "--out", page);
    assertThat(words(Files.readString(Path.of(page)))).containsAll(words);
    assertThat(done("show", run.toString(), "--no-redact").out()).doesNotContain("██", "blurred");
    Path tables = folder.resolve("shown");
    done("export", run.toString(), "--no-redact", "--json", tables.toString());
    assertThat(words(all(tables))).containsAll(words);
    Cli.run("show", run.toString(), "--redact", "--no-redact")
        .assertUserError("--redact and --no-redact", "give one");
  }
}
