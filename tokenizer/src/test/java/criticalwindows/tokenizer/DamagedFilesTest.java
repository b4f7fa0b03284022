package criticalwindows.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A native library that fails takes the process with it, and so this test too.
class DamagedFilesTest {
  private static final int FILES = 800;
  private static final List<String> TEXTS =
      List.of("a<s>b <think>", "  two\n\n\t[CLS] abab", "é漢😀 e\u0301", "\0\uFFFF\uD800", "12345");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<JsonNode> WRONG =
      List.of(
          NODES.nullNode(),
          NODES.stringNode(""),
          NODES.stringNode("\u00e9"),
          NODES.stringNode("("),
          NODES.numberNode(0),
          NODES.numberNode(-1),
          NODES.numberNode(4_294_967_295L),
          NODES.numberNode(1e308),
          NODES.booleanNode(true),
          NODES.arrayNode(),
          NODES.objectNode());

  @TempDir Path folder;

  @Test
  void aFileWithFaultsIsReadOrRefusedAndNothingEnds() throws IOException {
    List<JsonNode> whole = new ArrayList<>();
    for (String json : SmallFiles.ALL) {
      whole.add(JsonMapper.shared().readTree(json));
    }
    Path file = folder.resolve("tokenizer.json");
    Random random = new Random(20);
    int read = 0;
    for (int i = 0; i < FILES; i++) {
      JsonNode json = whole.get(i % whole.size()).deepCopy();
      for (int faults = random.nextInt(3); faults >= 0; faults--) {
        spoil(json, random);
      }
      String text = json.toString();
      Files.writeString(file, i % 50 == 0 ? text.substring(0, text.length() / 2) : text);
      try {
        Tokenizer tokenizer = Tokenizer.read(file);
        read++;
        for (String words : TEXTS) {
          for (int id : tokenizer.encode(words)) {
            assertThat(tokenizer.piece(id)).isNotNull();
          }
        }
      } catch (UserError refused) {
        assertThat(refused.getMessage()).isNotBlank();
        assertThat(refused.hint()).isNotBlank();
      }
    }
    assertThat(read).isBetween(FILES / 20, FILES * 19 / 20);
  }

  /// Takes something away, says it twice, or puts another thing in its place.
  private static void spoil(JsonNode root, Random random) {
    List<JsonNode> places = new ArrayList<>();
    collect(root, places);
    JsonNode place = places.get(random.nextInt(places.size()));
    JsonNode wrong = WRONG.get(random.nextInt(WRONG.size()));
    int which = random.nextInt(place.size());
    switch (place) {
      case ObjectNode object -> {
        String name = List.copyOf(object.propertyNames()).get(which);
        if (random.nextInt(4) == 0) {
          object.remove(name);
        } else {
          object.set(name, wrong);
        }
      }
      case ArrayNode array -> {
        if (random.nextInt(4) == 0) {
          array.add(array.get(which).deepCopy());
        } else {
          array.set(which, wrong);
        }
      }
      default -> throw new IllegalStateException("no container: " + place);
    }
  }

  private static void collect(JsonNode node, List<JsonNode> places) {
    if (node.isContainer() && !node.isEmpty()) {
      places.add(node);
      node.values().forEach(inner -> collect(inner, places));
    }
  }
}
