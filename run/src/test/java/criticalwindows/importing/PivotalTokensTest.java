package criticalwindows.importing;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.cot.CotFinding;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PivotalTokensTest {
  private static final String LAYOUT = "pts";

  @TempDir Path folder;

  private Path file(String... lines) throws IOException {
    return Imports.write(
        folder.resolve("tokens.jsonl"), Arrays.stream(lines).collect(Collectors.joining("\n")));
  }

  private static String line(String context, String token, double before, double after) {
    return """
    {"model_id": "toy-1b", "query": "2 + 2?", "pivot_context": "%s", "pivot_token": "%s",\
     "pivot_token_id": 7, "prob_before": %s, "prob_after": %s, "prob_delta": 0.4,\
     "is_positive": true, "dataset_item_id": "q1"}\
    """
        .formatted(context, token, before, after);
  }

  @Test
  void linesThatGoOnFromEachOtherAreOneResponse() throws IOException {
    Path run =
        Imports.run(
            Imports.asked(
                LAYOUT,
                file(
                    line("U: 2 + 2? A: We add", " them", 0.3, 0.7),
                    line("U: 2 + 2? A: We", " add", 0.6, 0.3),
                    line("U: 2 + 2? A: We add them and get", " 4", 0.5, 1.0)),
                10));
    // Behind the query stand " A:", " We", " add", " them", " and", " get", " 4".
    assertThat(Imports.curve(run, "q1"))
        .containsExactly(
            "2: same 6/10 right 0/0",
            "3: same 3/10 right 0/0",
            "4: same 7/10 right 0/0",
            "6: same 5/10 right 0/0",
            "7: same 10/10 right 0/0");
    CotFinding finding = Imports.finding(run, "q1");
    assertThat(finding.original().text()).isEqualTo(" A: We add them and get 4");
    assertThat(finding.outcome().show()).isEqualTo("success");
    assertThat(finding.closed()).isFalse();
    assertThat(finding.gold()).isEmpty();
    try (RunFolder opened = RunFolder.open(run)) {
      assertThat(opened.manifest().subject().name()).isEqualTo("toy-1b");
      assertThat(opened.manifest().settings().texts("notes"))
          .anySatisfy(note -> assertThat(note).contains("kept for their large steps"))
          .anySatisfy(
              note -> assertThat(note).contains("the likelier one behind their last token"));
    }
  }

  @Test
  void otherBeginningsAreOtherResponses() throws IOException {
    Path run =
        Imports.run(
            Imports.asked(
                LAYOUT,
                file(
                    line("2 + 2? We", " add", 0.6, 0.2),
                    line("2 + 2? They", " add", 0.6, 0.9),
                    line("2 + 2? We", " take", 0.6, 0.9)),
                10));
    assertThat(Imports.curve(run, "q1"))
        .containsExactly("1: same 4/10 right 0/0", "2: same 8/10 right 0/0");
    assertThat(Imports.finding(run, "q1").outcome().show()).isEqualTo("failure");
    assertThat(Imports.finding(run, "q1-2").original().text()).isEqualTo(" We take");
    assertThat(Imports.finding(run, "q1-3").original().text()).isEqualTo(" They add");
  }

  @Test
  void theSameLineTwiceCountsOnceAndOtherRolloutsAtAPlaceAreAdded() throws IOException {
    Path file =
        file(
            line("2 + 2? We", " add", 0.6, 0.2),
            line("2 + 2? We", " add", 0.6, 0.2),
            line("2 + 2? We add", " them", 0.3, 0.8));
    Path run = Imports.run(Imports.asked(LAYOUT, file, 10));
    assertThat(Imports.curve(run, "q1"))
        .containsExactly(
            "1: same 6/10 right 0/0", "2: same 5/20 right 0/0", "3: same 8/10 right 0/0");
    assertThat(Import.read(Imports.asked(LAYOUT, file, 10)).notes())
        .contains("lines that are there twice, left out: 1");
  }

  @Test
  void theSecondVersionIsReadAndOtherEventsAreSaid() throws IOException {
    String token =
        """
        {"event_type": "pivotal_token", "model_id": "toy-1b", "query": "2 + 2?", "context": "%s",\
         "label": " add", "prob_before": 0.5, "prob_after": 1.0,\
         "metadata": {"generation_index": %d}}\
        """;
    Path file =
        file(
            token.formatted("2 + 2? We", 0),
            token.formatted("2 + 2? We add and", 1),
            "{\"event_type\": \"thought_anchor\", \"query\": \"2 + 2?\", \"label\": \"So.\"}",
            "{\"prompt\": \"2 + 2? We\", \"chosen\": \" add\", \"rejected\": \" take\"}");
    Import read = Import.read(Imports.asked(LAYOUT, file, 4));
    // Of two generations: the second is no continuation of the first.
    assertThat(read.continuations()).isEqualTo(16);
    assertThat(read.notes()).contains("lines that are no pivotal tokens, left out: 2");
  }

  @Test
  void withoutTheNumberOfRolloutsNothingIsCounted() throws IOException {
    Path file = file(line("2 + 2? We", " add", 0.6, 0.2));
    Imports.refused(Imports.asked(LAYOUT, file), "does not say of how many rollouts", "--n 64");
    Imports.refused(
        Imports.asked(LAYOUT, file, 7), "the share 0.6 is no count of 7 rollouts", "give --n");
  }

  @Test
  void linesThatCannotBeAreRefused() throws IOException {
    Imports.refused(
        Imports.asked(LAYOUT, file(line("2 + 2?", "", 0.6, 0.2)), 10),
        "line 1: the token is empty",
        "cw import --help");
    Imports.refused(
        Imports.asked(LAYOUT, file(line("2 + 2?", " a", 0.6, 0.2), "{\"pivot_token\": \"a\"}"), 10),
        "line 2: pivot_context is missing",
        "cw import --help");
    Imports.refused(
        Imports.asked(LAYOUT, file("{\"pivot_token\": "), 10), "line 1 is no JSON", "cut off");
    Imports.refused(
        Imports.asked(LAYOUT, file("{\"a\": 1}"), 10), "has no responses", "of the layout pts");
    Imports.refused(Imports.asked(LAYOUT, folder, 10), "is a folder", "name one file of it");
  }
}
