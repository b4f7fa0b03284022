package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.llamacpp.LlamaOptions.Attention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AttentionChoiceTest {
  @TempDir private Path folder;

  private Map<String, String> opened() {
    LlamaOptions options =
        BuiltIn.OPTIONS.withAttention(Attention.AUTO).withChoices(folder.resolve("new/attention"));
    try (LlamaModel model = LlamaModel.open(BuiltIn.FILE, options)) {
      return model.provenance();
    }
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("new/attention"))) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }

  @Test
  void whatATrialFoundIsKeptAndNamedInTheRecord() throws IOException {
    Map<String, String> first = opened();
    Path file = file();
    assertThat(first).containsEntry("attention chosen by", file.toString());
    List<String> kept = Files.readAllLines(file);
    assertThat(kept.getFirst()).isEqualTo(first.get("attention"));
    assertThat(kept.get(1)).contains("flash ", "plain ", "shared ");
    assertThat(kept.get(2)).isEqualTo("model sha256 " + NativeFiles.sha256(BuiltIn.FILE));

    for (String way : List.of("plain", "flash", "shared")) {
      Files.write(file, List.of(way, "by hand"));
      assertThat(opened())
          .containsEntry("attention", way)
          .containsEntry("attention chosen by", file.toString());
      assertThat(Files.readAllLines(file)).containsExactly(way, "by hand");
    }
    Files.write(file, List.of("auto"));
    assertThat(opened().get("attention")).isIn("plain", "flash", "shared");
    assertThat(Files.readAllLines(file())).hasSize(5);
  }

  @Test
  void whatCannotBeKeptIsTriedAndSaid() throws IOException {
    Files.writeString(folder.resolve("new"), "no folder");
    assertThat(opened()).containsEntry("attention chosen by", "a trial, kept nowhere");
  }

  @Test
  void whatIsGivenIsTaken() {
    try (LlamaModel model = LlamaModel.open(BuiltIn.FILE, BuiltIn.OPTIONS)) {
      assertThat(model.provenance())
          .containsEntry("attention", "plain")
          .doesNotContainKey("attention chosen by");
    }
  }

  @Test
  void eachModelAndKindOfMachineHasAFileOfItsOwn() {
    AttentionChoice.Place place = new AttentionChoice.Place("a", "b", "c");
    assertThat(
            Stream.of(
                    place,
                    new AttentionChoice.Place("x", "b", "c"),
                    new AttentionChoice.Place("a", "x", "c"),
                    new AttentionChoice.Place("a", "b", "x"))
                .map(each -> each.in(folder))
                .distinct())
        .hasSize(4);
    assertThat(place.in(folder)).isEqualTo(new AttentionChoice.Place("a", "b", "c").in(folder));
    assertThat(Objects.requireNonNull(AttentionChoice.processor())).isNotBlank();
  }

  /// Processor time of flash, plain and shared; 0 where a way was not tried.
  @ParameterizedTest
  @CsvSource({
    "100, 120, 90, SHARED",
    "100, 120, 109, SHARED",
    "100, 120, 111, FLASH",
    "100, 80, 89, PLAIN",
    "100, 80, 88, SHARED",
    "100, 80, 0, PLAIN",
    "100, 130, 0, FLASH"
  })
  void theQuickestIsTakenAndOursWhereItIsAsQuick(int flash, int plain, int shared, Attention way) {
    Map<Attention, Duration> times =
        shared == 0
            ? Map.of(
                Attention.FLASH,
                Duration.ofMillis(flash),
                Attention.PLAIN,
                Duration.ofMillis(plain))
            : Map.of(
                Attention.FLASH,
                Duration.ofMillis(flash),
                Attention.PLAIN,
                Duration.ofMillis(plain),
                Attention.SHARED,
                Duration.ofMillis(shared));
    assertThat(AttentionTrial.best(times)).isEqualTo(way);
  }
}
