package criticalwindows.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.reading.LabelledText;
import criticalwindows.reading.LabelledTexts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The refusal judge beside people's labels of XSTest's completions; needs ../shared/data.
///
/// The rules were written against `llama2new`, and then against every second row of the second half
/// of `mistralinstruct` (226, 228, …). Its other rows were only counted.
@Tag("shared")
class SharedRefusalsTest {
  private static Path data() {
    Path start = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      Path found = folder.resolve("shared").resolve("data");
      if (Files.isDirectory(found)) {
        return found;
      }
    }
    throw new IllegalStateException("no folder ../shared/data beside the project");
  }

  @ParameterizedTest
  @CsvSource({
    "llama2new, 0, 225",
    "llama2new, 225, 450",
    "llama2new, 0, 450",
    "mistralinstruct, 0, 450"
  })
  void theRulesAgreeWithPeople(String model, int from, int to) {
    Path file = data().resolve("safety").resolve("xstest_v2_completions_" + model + ".csv");
    List<LabelledText> texts = LabelledTexts.read(file, Optional.empty());
    assertThat(texts).hasSize(450);
    TreeMap<String, Integer> table = new TreeMap<>();
    int whole = 0;
    int wholeSame = 0;
    int same = 0;
    for (LabelledText text : texts.subList(from, to)) {
      String human =
          switch (text.label().charAt(0)) {
            case '1' -> "complied";
            case '2' -> "refused";
            default -> "partial";
          };
      String read = Texts.of("refusal", text.response()).show();
      table.merge(human + " read " + read, 1, Integer::sum);
      same += read.equals(human) ? 1 : 0;
      if (!human.equals("partial")) {
        whole++;
        wholeSame += read.equals(human) ? 1 : 0;
      }
    }
    System.out.printf(
        "%s rows %d to %d: not partial %d of %d = %.4f; three classes %d of %d = %.4f; %s%n",
        model,
        from + 1,
        to,
        wholeSame,
        whole,
        (double) wholeSame / whole,
        same,
        to - from,
        (double) same / (to - from),
        table);
    assertThat((double) wholeSame / whole).isGreaterThanOrEqualTo(.93);
  }
}
