package criticalwindows.importing;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.cot.CotFinding;
import criticalwindows.model.Tokens;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliffTokensTest {
  private static final String LAYOUT = "cliff-tokens";
  private static final String TOKENS =
      "\"response_tokens\": [\"It\", \" is\", \" 5\", \" now\"], \"response_token_ids\": [5, 6, 7,"
          + " 8]";

  @TempDir Path folder;

  private Path file(String... responses) throws IOException {
    return Imports.write(folder.resolve("paths.json"), "[" + String.join(", ", responses) + "]");
  }

  private static String response(String id, String rest) {
    return "{\"id\": \"" + id + "\", \"question\": \"2 + 2?\", " + rest + "}";
  }

  private static String whole(String id, String scores) {
    return response(
        id,
        "\"response\": \"It is 5 now\", \"is_correct\": false, "
            + TOKENS
            + ", \"all_position_scores\": "
            + scores);
  }

  @Test
  void aShareStandsBehindItsToken() throws IOException {
    Path run = Imports.run(Imports.asked(LAYOUT, file(whole("a", "[0.75, 0.5, 0]")), 4));
    assertThat(Imports.curve(run, "a"))
        .containsExactly("1: same 1/4 right 3/4", "2: same 2/4 right 2/4", "3: same 4/4 right 0/4");
    CotFinding finding = Imports.finding(run, "a");
    assertThat(finding.original().tokens()).isEqualTo(Tokens.of(5, 6, 7, 8));
    assertThat(finding.original().beginning(3)).isEqualTo("It is 5");
    assertThat(finding.right()).isFalse();
    assertThat(finding.levels().getFirst().resamples()).noneMatch(each -> each.told());
    try (RunFolder opened = RunFolder.open(run)) {
      assertThat(opened.manifest().provenance())
          .containsEntry("rollouts at a place", "4, as the user said");
      assertThat(opened.manifest().settings().text("texts")).isEqualTo("not known");
    }
  }

  @Test
  void linesAreReadAsAnArrayIs() throws IOException {
    Path lines =
        Imports.write(
            folder.resolve("paths.jsonl"),
            whole("a", "[0.5, 0.5, 0.5]") + "\n\n" + whole("b", "[1.0, 1, 1]") + "\n");
    Path run = Imports.run(Imports.asked(LAYOUT, lines, 2));
    assertThat(Imports.curve(run, "b")).contains("3: same 0/2 right 2/2");
  }

  @Test
  void theStopTokenIsNoneOfTheResponse() throws IOException {
    String stopped =
        response(
            "a",
            "\"response\": \"It is\", \"is_correct\": true, \"response_tokens\": [\"It\", \" is\","
                + " \"<end>\"], \"response_token_ids\": [5, 6, 0], \"all_position_scores\": [1,"
                + " 1]");
    Path run = Imports.run(Imports.asked(LAYOUT, file(stopped), 2));
    assertThat(Imports.finding(run, "a").original().tokens()).isEqualTo(Tokens.of(5, 6));
    assertThat(Imports.curve(run, "a")).hasSize(2);
  }

  @Test
  void tokensThatSpellOtherTextAreSaid() throws IOException {
    Import read =
        Import.read(
            Imports.asked(
                LAYOUT, file(whole("a", "[1, 1, 1]").replace("It is 5 now", "It is 5 now!")), 2));
    assertThat(read.notes())
        .containsExactly(
            "responses whose tokens spell other text than is recorded; shown as they spell it: 1");
  }

  @Test
  void whatWasNotMeasuredIsNoZero() throws IOException {
    int length = 60;
    String tokens =
        "\"response_tokens\": ["
            + String.join(", ", Collections.nCopies(length, "\"x\""))
            + "], \"response_token_ids\": ["
            + String.join(", ", Collections.nCopies(length, "1"))
            + "]";
    // Every third place is measured; the others are filled with 0, as is all behind 20 zeros.
    String strided =
        IntStream.range(0, length - 1)
            .mapToObj(i -> i % 3 == 0 && i < 30 ? "0.5" : "0.0")
            .collect(Collectors.joining(", "));
    String ended =
        IntStream.range(0, length - 1)
            .mapToObj(i -> i < 10 ? "0.5" : "0")
            .collect(Collectors.joining(", "));
    String rest = "\"is_correct\": false, " + tokens + ", \"all_position_scores\": [";
    Path file =
        file(response("strided", rest + strided + "]"), response("ended", rest + ended + "]"));
    Path run = Imports.run(Imports.asked(LAYOUT, file, 2));
    List<String> places = Imports.curve(run, "strided");
    assertThat(places).hasSize(20).startsWith("1: same 1/2 right 1/2", "4: same 1/2 right 1/2");
    assertThat(places).contains("58: same 2/2 right 0/2");
    assertThat(Imports.curve(run, "ended")).hasSize(30).endsWith("30: same 2/2 right 0/2");
    assertThat(Import.read(Imports.asked(LAYOUT, file, 2)).notes())
        .containsExactly("places that were not measured, left out: " + (39 + 29));
  }

  @Test
  void aPlaceWithoutAShareIsLeftOut() throws IOException {
    Path run = Imports.run(Imports.asked(LAYOUT, file(whole("a", "[0.5, null, 1]")), 2));
    assertThat(Imports.curve(run, "a"))
        .containsExactly("1: same 1/2 right 1/2", "3: same 0/2 right 2/2");
  }

  @Test
  void whatNobodySaidIsNotGuessed() throws IOException {
    Path file = file(whole("a", "[0.75, 0.5, 0]"));
    Imports.refused(Imports.asked(LAYOUT, file), "does not say of how many", "--n 64");
    Imports.refused(
        Imports.asked(LAYOUT, file, 5), "the share 0.75 is no count of 5 rollouts", "give --n");
    Imports.refused(
        Imports.asked(LAYOUT, file(whole("a", "[1.5, 0.5, 0]")), 4),
        "the share 1.5 is no count",
        "give --n");
  }

  @Test
  void responsesThatCannotBeAreRefused() throws IOException {
    Imports.refused(
        Imports.asked(LAYOUT, file(whole("a", "[1, 1, 1]"), whole("a", "[1, 1, 1]")), 4),
        "the response a is there twice",
        "leave one of the two out");
    Imports.refused(
        Imports.asked(LAYOUT, file(whole("a", "[1, 1, 1, 1, 1]")), 4),
        "5 all_position_scores of 4 tokens",
        "cw import --help");
    Imports.refused(
        Imports.asked(LAYOUT, file(whole("a", "[1]").replace("[5, 6, 7, 8]", "[5, 6]")), 4),
        "4 response_tokens and 2 ids",
        "cw import --help");
    Imports.refused(
        Imports.asked(LAYOUT, file(whole("a", "[1]").replace("[5, 6,", "[-5, 6,")), 4),
        "response_token_ids is not a whole number",
        "cw import --help");
    Imports.refused(
        Imports.asked(LAYOUT, file(whole("a", "[1]").replace("\"is_correct\": false, ", "")), 4),
        "is_correct is missing",
        "cw import --help");
    Imports.refused(
        Imports.asked(LAYOUT, file(), 4), "has no responses", "of the layout cliff-tokens");
    Imports.refused(
        Imports.asked(LAYOUT, file(whole("a", "[]")), 4), "and no rollouts", "with rollouts");
    Imports.refused(Imports.asked(LAYOUT, folder, 4), "is a folder", "name one file of it");
  }

  @Test
  void tooManyRolloutsAreRefused() throws IOException {
    Path file = file(whole("a", "[0, 0, 0]"));
    assertThat(Import.read(Imports.asked(LAYOUT, file, 100_000)).continuations())
        .isEqualTo(300_000);
    String[] many = new String[70];
    for (int i = 0; i < many.length; i++) {
      many[i] = whole("r" + i, "[0, 0, 0]");
    }
    Imports.refused(
        Imports.asked(LAYOUT, file(many), 100_000), "has more than 20000000 rollouts", "a part");
  }
}
