package criticalwindows.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import criticalwindows.error.UserError;
import criticalwindows.run.Experiments;
import criticalwindows.run.Merge;
import criticalwindows.store.RunFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {
  private static final String ONE =
      """
      [{"id": "a", "response": "x", "is_correct": true, "response_tokens": ["x"],
        "response_token_ids": [1], "all_position_scores": [0.5]}]\
      """;

  @TempDir Path folder;

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private Import.Asked asked() throws IOException {
    return Imports.asked("cliff-tokens", Imports.write(folder.resolve("one.json"), ONE), 2);
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private void refused(Runnable work, String error, String hint) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(work::run)
        .satisfies(
            failure -> {
              assertThat(failure).hasMessageContaining(error);
              assertThat(failure.hint()).contains(hint);
            });
  }

  @Test
  void aFolderThatIsThereIsLeftAlone() throws IOException {
    Path run = Imports.run(asked());
    Import again = Import.read(asked());
    refused(() -> again.write(run, Map.of(), Instant.EPOCH), "is there already", "a new folder");
    Files.createDirectory(folder.resolve("new.part"));
    refused(
        () -> again.write(folder.resolve("new"), Map.of(), Instant.EPOCH),
        "new.part is there already",
        "an import that was stopped");
    assertThat(folder.resolve("new")).doesNotExist();
  }

  @Test
  void filesThatChangeMeanwhileMakeNoRun() throws IOException {
    Import read = Import.read(asked());
    Imports.write(folder.resolve("one.json"), ONE.replace("0.5", "1.0"));
    refused(
        () -> read.write(folder.resolve("new"), Map.of(), Instant.EPOCH),
        "has changed while it was read",
        "import it again");
    assertThat(folder.resolve("new")).doesNotExist();
  }

  @Test
  void anImportedRunHasNoModel() throws IOException {
    Path folder = Imports.run(asked());
    try (RunFolder run = RunFolder.open(folder)) {
      refused(
          () -> Experiments.requireModel(run, "resume"), "without a model", "see it with cw show");
      refused(() -> Experiments.requireReplies(run, "audit"), "is an imported run", "cw show");
    }
    refused(
        () -> Merge.of(List.of(folder), folder.resolveSibling("merged")),
        "cw merge samples, and",
        "see it with cw show");
  }

  @Test
  void aModelThatTheUserNamesIsTheRuns() throws IOException {
    Import.Asked named =
        new Import.Asked("cliff-tokens", asked().path(), OptionalInt.of(2), Optional.of("qwen"));
    try (RunFolder run = RunFolder.open(Imports.run(named))) {
      assertThat(run.manifest().subject().name()).isEqualTo("qwen");
    }
  }

  @Test
  void whatIsNoLayoutOrNumberIsRefused() {
    refused(
        () -> Import.read(Imports.asked("anchors", folder)),
        "no layout named anchors",
        "there is: thought-anchors, cliff-tokens, forking-fast, pts");
    refused(() -> Imports.asked("cliff-tokens", folder, 0), "--n 0", "from 1 to 100000");
  }

  @Test
  void filesAreReadWithinBounds() throws IOException {
    ImportSource source = new ImportSource(folder, OptionalInt.empty(), 1000);
    byte[] large = new byte[1001];
    Arrays.fill(large, (byte) ' ');
    refused(() -> source.json(path("large.json", large)), "has more than 0 MiB", "a part of it");
    byte[] bomb = packed(large);
    refused(() -> source.unpacked(path("bomb.json.gz", bomb)), "more than 0 MiB", "a part");
    refused(
        () -> source.unpacked(path("plain.json.gz", "{}".getBytes(StandardCharsets.UTF_8))),
        "is not packed by gzip",
        "as it was published");
    byte[] whole = packed("{\"a\": 1}".getBytes(StandardCharsets.UTF_8));
    refused(
        () -> source.unpacked(path("cut.json.gz", Arrays.copyOf(whole, whole.length - 9))),
        "is cut off",
        "its end is missing");
    assertThat(source.unpacked(path("whole.json.gz", whole)).whole("a")).isEqualTo(1);
    refused(() -> source.json(folder.resolve("no.json")), "is not there", "cw import --help");
    refused(() -> source.json(folder), "is no file", "cw import --help");
    refused(
        () -> source.json(path("latin.json", new byte[] {'"', (byte) 0xe4, '"'})),
        "is not in UTF-8",
        "save it as UTF-8");
    refused(
        () ->
            source.json(
                path("twice.json", "{\"a\": 1, \"a\": 2}".getBytes(StandardCharsets.UTF_8))),
        "is no JSON: Duplicate Object property",
        "as the tool wrote them");
    refused(
        () -> source.json(path("deep.json", "[".repeat(900).getBytes(StandardCharsets.UTF_8))),
        "is no JSON",
        "as the tool wrote them");
  }

  private Path path(String name, byte[] bytes) {
    try {
      return file(name, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
