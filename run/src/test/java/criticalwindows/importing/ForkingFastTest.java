package criticalwindows.importing;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.cot.CotFinding;
import criticalwindows.model.FinishReason;
import criticalwindows.model.Tokens;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkingFastTest {
  private static final String LAYOUT = "forking-fast";
  private static final String STORE =
      """
      {"meta": {"row_id": 39, "track": "toy", "model": "toy-8b", "question": "Which is a colour?",
         "choices": ["salt", "blue", "fast"], "answer_letter": "B"},
       "s": 4, "categories": ["A", "B", "C", "Other"],
       "base": {"gen_ids": [11, 12, 13, 14, 9], "token_texts": ["The answer", " is", " (B)", ".", ""],
         "finish_reason": "stop", "base_text": "The answer is (B).", "n_response_tokens": 5},
       "branches": [
         {"t": 0, "tok_id": 11, "tok_p": 0.6, "is_base": true, "answers": ["A", "B", "Other", "B"]},
         {"t": 0, "tok_id": 77, "tok_p": 0.4, "is_base": false, "answers": ["A", "A", "A", "A"]},
         {"t": 1, "tok_id": 88, "tok_p": 0.9, "is_base": false, "answers": ["C", "C", "C", "C"]},
         {"t": 2, "tok_id": 13, "tok_p": 1.0, "is_base": true, "answers": ["B", "B", "B", "B"]}],
       "diagnostics": {"regex_coverage": 0.97}}
      """;

  @TempDir Path folder;

  private Path store(String name, String text) throws IOException {
    Path file = folder.resolve("stores").resolve(name);
    Files.createDirectories(file.getParent());
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private Path one(String text) throws IOException {
    return store("row039.json.gz", text);
  }

  @Test
  void aBranchOfTheResponsesOwnTokenIsACutBehindIt() throws IOException {
    Path run = Imports.run(Imports.asked(LAYOUT, one(STORE)));
    assertThat(Imports.curve(run, "toy-row39"))
        .containsExactly("1: same 2/4 right 2/4", "3: same 4/4 right 4/4");
    CotFinding finding = Imports.finding(run, "toy-row39");
    assertThat(finding.original().tokens()).isEqualTo(Tokens.of(11, 12, 13, 14));
    assertThat(finding.original().text()).isEqualTo("The answer is (B).");
    assertThat(finding.right()).isTrue();
    assertThat(finding.levels().getFirst().resamples())
        .extracting(each -> each.outcome().show())
        .containsExactly("A", "B", "unread: no outcome is recorded", "B");
    try (RunFolder opened = RunFolder.open(run)) {
      assertThat(opened.manifest().subject().name()).isEqualTo("toy-8b");
      assertThat(opened.manifest().settings().texts("notes"))
          .containsExactly(
              "places without rollouts behind the response's own token: 1",
              "responses that are the greedy ones, while their rollouts are sampled: 1",
              "responses some of whose rollouts stated no answer and got the likeliest letter from"
                  + " the tool: 1");
    }
  }

  @Test
  void aFolderIsAllItsStores() throws IOException {
    store("llama/row039.json.gz", STORE);
    store("llama/row040.json.gz", STORE.replace("\"row_id\": 39", "\"row_id\": 40"));
    Files.writeString(folder.resolve("stores/MANIFEST.json"), "{}");
    Import read = Import.read(Imports.asked(LAYOUT, folder.resolve("stores")));
    assertThat(read.continuations()).isEqualTo(16);
    store("other/row039.json.gz", STORE);
    Imports.refused(
        Imports.asked(LAYOUT, folder.resolve("stores")),
        "the response toy-row39 is there twice",
        "import them as two runs");
  }

  @Test
  void aResponseWithoutItsEndHasNoOutcome() throws IOException {
    Path run =
        Imports.run(
            Imports.asked(
                LAYOUT,
                one(
                    STORE.replace(
                        "\"finish_reason\": \"stop\"", "\"finish_reason\": \"length\""))));
    CotFinding finding = Imports.finding(run, "toy-row39");
    assertThat(finding.readable()).isFalse();
    assertThat(finding.original().finish()).isEqualTo(FinishReason.LENGTH);
    assertThat(finding.levels().getLast().right().successes()).isEqualTo(4);
  }

  @Test
  void aResponseThatStatesNoChoiceIsNotGuessed() throws IOException {
    String vague = STORE.replace(" (B)", " hard").replace("is (B).", "is hard.");
    Path run = Imports.run(Imports.asked(LAYOUT, one(vague)));
    assertThat(Imports.finding(run, "toy-row39").readable()).isFalse();
  }

  @Test
  void aBranchOfAnotherTokenIsNoPlace() throws IOException {
    Import read =
        Import.read(
            Imports.asked(
                LAYOUT,
                one(STORE.replace("{\"t\": 2, \"tok_id\": 13", "{\"t\": 2, \"tok_id\": 99"))));
    assertThat(read.continuations()).isEqualTo(4);
    assertThat(read.notes()).contains("places without rollouts behind the response's own token: 2");
  }

  @Test
  void storesThatCannotBeAreRefused() throws IOException {
    Imports.refused(
        Imports.asked(
            LAYOUT, one(STORE.replace("{\"t\": 2, \"tok_id\": 13", "{\"t\": 0, \"tok_id\": 11"))),
        "two branches of the response's own token at 0",
        "cw import --help");
    Imports.refused(
        Imports.asked(LAYOUT, one(STORE.replace("[11, 12, 13, 14, 9]", "[11, 12]"))),
        "2 gen_ids, 5 token_texts",
        "cw import --help");
    Imports.refused(
        Imports.asked(LAYOUT, one(STORE.replace("\"meta\"", "\"beta\""))),
        "meta is missing",
        "cw import --help");
    Imports.refused(
        Imports.asked(LAYOUT, one(STORE.replace("\"t\": 0", "\"t\": -1"))),
        "t is not a whole number",
        "cw import --help");
    Path plain = Files.writeString(folder.resolve("plain.json.gz"), STORE);
    Imports.refused(Imports.asked(LAYOUT, plain), "is not packed by gzip", "as it was published");
    Files.createDirectory(folder.resolve("empty"));
    Imports.refused(
        Imports.asked(LAYOUT, folder.resolve("empty")),
        "has no file that ends with",
        "a folder of");
    Path unpacked = Files.writeString(folder.resolve("row.json"), STORE);
    assertThat(Import.read(Imports.asked(LAYOUT, unpacked)).continuations()).isEqualTo(8);
  }
}
