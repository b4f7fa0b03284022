package criticalwindows.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledTextsTest {
  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static List<LabelledText> read(Path file) {
    return LabelledTexts.read(file, Optional.empty());
  }

  @Test
  void aTableHasAResponseAndALabelInEachRow() throws IOException {
    Path csv =
        file(
            "some.csv",
            """
            id,prompt,completion,final_label
            1,How?,"First,
            say ""a"".",2_full_refusal
            2,Why?,# no comment,1_full_compliance
            3,What?,,1_full_compliance
            """);
    assertThat(read(csv))
        .containsExactly(
            new LabelledText("row 1", Optional.of("How?"), "First,\nsay \"a\".", "2_full_refusal"),
            new LabelledText("row 2", Optional.of("Why?"), "# no comment", "1_full_compliance"),
            new LabelledText("row 3", Optional.of("What?"), "", "1_full_compliance"));
  }

  @Test
  void linesOfJsonDoToo() throws IOException {
    Path lines =
        file(
            "some.jsonl",
            "{\"response\": \"No.\", \"label\": true}\n{\"response\": \"Yes.\", \"label\": 0}\n");
    assertThat(read(lines))
        .containsExactly(
            new LabelledText("line 1", Optional.empty(), "No.", "true"),
            new LabelledText("line 2", Optional.empty(), "Yes.", "0"));
    Path other = file("other.jsonl", "{\"response\": \"No.\", \"who\": \"A\", \"label\": \"x\"}");
    assertThat(LabelledTexts.read(other, Optional.of("who")).getFirst().label()).isEqualTo("A");
  }

  private void refused(Path file, Optional<String> label, String error, String hint) {
    assertThatThrownBy(() -> LabelledTexts.read(file, label))
        .isInstanceOfSatisfying(
            UserError.class,
            wrong -> {
              assertThat(wrong).hasMessage(error.replace("FILE", file.toString()));
              assertThat(wrong.hint()).isEqualTo(hint);
            });
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    refused(
        folder.resolve("none.csv"), Optional.empty(), "there is no file FILE", "check the path");
    refused(
        file("a.csv", "response\nNo.\n"),
        Optional.empty(),
        "FILE has no column of labels",
        "give it one of these names: final_label, label, human_label, human, class; or name it with"
            + " --label-column");
    refused(
        file("b.csv", "answer,label\nNo.,1\n"),
        Optional.empty(),
        "FILE has no column of responses",
        "give it one of these names: completion, response, generation, output, text");
    refused(
        file("c.csv", "response,label\nNo.,1\n"),
        Optional.of("who"),
        "FILE has no column who",
        "there is: response, label");
    refused(
        file("d.jsonl", "{\"response\": \"a\", \"label\": 1}\n{\"response\": \"b\"}\n"),
        Optional.empty(),
        "FILE, line 2 has no label in the column label",
        "give every row one, or leave the row out");
    refused(
        file("e.csv", "response,label\n"),
        Optional.empty(),
        "FILE has no row",
        "give a file of responses with a label each");
  }
}
