package criticalwindows.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that were made to hurt whoever reads them end in two lines, within bounds.
class HostileFilesTest {
  @TempDir Path folder;

  private static UserError refused(Path file, String message) {
    UserError[] error = new UserError[1];
    assertThatThrownBy(() -> TraceFiles.read(file))
        .isInstanceOfSatisfying(UserError.class, e -> error[0] = e)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
    assertThat(error[0].getMessage()).hasLineCount(1);
    assertThat(error[0].hint()).isNotBlank().hasLineCount(1);
    return error[0];
  }

  private Path written(String text) throws IOException {
    return Files.writeString(folder.resolve("texts.jsonl"), text);
  }

  @Test
  void deepJsonIsRefused() throws IOException {
    refused(
        written("{\"prompt\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}"),
        "line 1: Document nesting depth (101) exceeds the maximum allowed (100");
    refused(
        EvalFiles.deflated(folder.resolve("deep.eval"), "{\"a\":".repeat(5000)), "nesting depth");
  }

  /// Of what no layout reads nothing is kept, however much it is.
  @Test
  void whatIsPassedOverCostsNothing() throws IOException {
    String logprobs = "{\"token\": \"a\", \"logprob\": -0.1},".repeat(300_000);
    assertThat(
            TraceFiles.read(
                    written(
                        "{\"request_id\": \"1\", \"prompt\": \"a\", \"outputs\": [{\"text\": \"b\","
                            + " \"finish_reason\": \"stop\", \"logprobs\": ["
                            + logprobs
                            + "{}]}]}"))
                .traces())
        .hasSize(1);
  }

  @Test
  void aZipBombStopsAtItsBound() throws IOException {
    String zeros = "0,".repeat(5 << 20);
    refused(
        EvalFiles.deflated(folder.resolve("bomb.eval"), "{\"id\": [" + zeros + "0]}"),
        "samples/0_epoch_1.json, line 1 holds more than 67 million letters");
    byte[] bomb = EvalFiles.bomb("{\"id\": \"", 200);
    assertThat(bomb).hasSizeLessThan(10_000);
    refused(
        EvalFiles.zip(
            folder.resolve("bomb.eval"),
            EvalFiles.ZSTANDARD,
            Map.of("samples/1_epoch_1.json", bomb)),
        "samples/1_epoch_1.json cannot be unpacked: it holds more than 67 million letters");
  }

  @Test
  void aDirectoryThatLiesIsRefused() throws IOException {
    Path log = EvalFiles.deflated(folder.resolve("log.eval"), "{\"id\": 1, \"input\": \"a\"}");
    int end = (int) Files.size(log) - 22;
    byte[] far = {-1, -1, -1, 0x7f};
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      file.seek(end + 12);
      file.write(far);
    }
    refused(log, " has a directory of 2147483647 bytes");
    Files.write(log, "PK\u0003\u0004".getBytes(StandardCharsets.UTF_8));
    refused(log, " is no ZIP that is whole");
  }

  /// Any byte of a log may be wrong: then it is read, or refused in two lines.
  @Test
  void brokenLogsAreNoFaultOfOurs() throws IOException {
    Random random = new Random(23);
    String sample = "{\"id\": 1, \"input\": \"a\", \"messages\": []}";
    for (int method : new int[] {EvalFiles.DEFLATED, EvalFiles.ZSTANDARD}) {
      byte[] packed =
          method == EvalFiles.DEFLATED ? EvalFiles.deflate(sample) : EvalFiles.frame(sample);
      Path log = folder.resolve("log.eval");
      EvalFiles.zip(log, method, Map.of("samples/1_epoch_1.json", packed));
      byte[] whole = Files.readAllBytes(log);
      for (int i = 0; i < (method == EvalFiles.DEFLATED ? 200 : 40); i++) {
        byte[] broken = whole.clone();
        broken[4 + random.nextInt(broken.length - 4)] = (byte) random.nextInt(256);
        Files.write(log, broken);
        try {
          TraceFiles.read(log);
        } catch (UserError e) {
          assertThat(e.hint()).isNotBlank();
        }
      }
    }
  }

  @Test
  void aFileThatIsPackedAsAWholeSaysSo() throws IOException {
    Path file = folder.resolve("samples.jsonl.gz");
    Files.write(file, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
    assertThat(refused(file, " is compressed as a whole").hint())
        .isEqualTo("unpack it first, with gunzip or unzstd");
  }
}
