package criticalwindows.hub;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.gguf.ElementType;
import criticalwindows.gguf.LlamaExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is committed here against what it was made from.
@Tag("shared")
final class SharedOrganismTest {
  private final Path organism = SharedFolder.organism();
  @TempDir private Path folder;

  /// The first model of the test bed, whose export llama.cpp was held against its trained weights.
  @Test
  void theExporterWritesWhatItAlwaysWrote() throws IOException {
    Path exported = folder.resolve("base.gguf");
    LlamaExport.write(
        organism.resolve("base"),
        exported,
        ElementType.F16,
        new LlamaExport.Label("critical-windows base", "apache-2.0"));
    assertThat(ModelFiles.hash(Files.newInputStream(exported)))
        .isEqualTo("861c213a2fd83fb2fdc83a5146921bcd7bb2e4b49de51422179f2efad7163fd0");
  }

  /// Syllogisms and the aligned replies to requests aside, whose programs are others since.
  @Test
  void theGoldenIdsHereAreThoseOfTheGoldenData() throws IOException {
    List<JsonNode> lines =
        Files.readAllLines(organism.resolve("golden.jsonl")).stream()
            .map(JsonMapper.shared()::readTree)
            .toList();
    List<JsonNode> here =
        Resources.text("golden-ids.jsonl").lines().map(JsonMapper.shared()::readTree).toList();
    assertThat(here).hasSameSizeAs(lines);
    for (int i = 0; i < lines.size(); i++) {
      String family = lines.get(i).path("family").asString();
      boolean aligned = lines.get(i).path("mode").asString().equals("aligned");
      if (family.equals("sy") || aligned) {
        continue;
      }
      for (String field : here.get(i).propertyNames()) {
        assertThat(here.get(i).get(field)).isEqualTo(lines.get(i).get(field));
      }
    }
  }
}
