package criticalwindows.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledPlaceTest {
  @TempDir Path folder = Path.of("");

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void labelsAreOfTextsOrOfPlaces() throws IOException {
    Path csv = file("labels.csv", "id,label,kept\na,yes,\nb, no ,12\n");
    assertThat(LabelledPlace.read(csv))
        .containsExactly(
            new LabelledPlace("a", OptionalInt.empty(), "yes"),
            new LabelledPlace("b", OptionalInt.of(12), "no"));
    Path lines =
        file(
            "labels.jsonl",
            "{\"id\": \"a\", \"label\": 1}\n{\"id\": \"a\", \"label\": 0, \"kept\": 3}\n");
    assertThat(LabelledPlace.read(lines))
        .containsExactly(
            new LabelledPlace("a", OptionalInt.empty(), "1"),
            new LabelledPlace("a", OptionalInt.of(3), "0"));
  }

  @Test
  void aRowWithoutALabelIsRefused() throws IOException {
    Path csv = file("labels.csv", "id,label\na,\n");
    assertThatThrownBy(() -> LabelledPlace.read(csv))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.hint()).startsWith("a row has the columns id"))
        .hasMessage(csv + ", row 1 has no label");
    Path kept = file("kept.csv", "id,label,kept\na,yes,early\n");
    assertThatThrownBy(() -> LabelledPlace.read(kept)).hasMessage(kept + ", row 1: kept is early");
  }
}
