package criticalwindows.remote;

import criticalwindows.error.UserError;
import criticalwindows.model.Model.Recommended;
import criticalwindows.model.Sampling;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A folder as model hubs have it: `tokenizer.json`, and `generation_config.json`, which names the
/// tokens that begin and end, and the sampling that its makers recommend.
public final class TokenizerFolder implements LocalTokenizer {
  private static final String GENERATION = "generation_config.json";

  private final Path tokenizer;
  private final Path file;
  private final JsonNode generation;

  private TokenizerFolder(Path tokenizer, Path file, JsonNode generation) {
    this.tokenizer = tokenizer;
    this.file = file;
    this.generation = generation;
  }

  /// Reads what a folder says beside its tokens.
  ///
  /// @param path the folder, or the `tokenizer.json` in it
  /// @throws UserError if there is no `generation_config.json` in it, or it is damaged
  public static TokenizerFolder read(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    Path folder = Files.isDirectory(path) || parent == null ? path : parent;
    Path file = folder.resolve(GENERATION);
    try {
      JsonNode generation = JsonMapper.shared().readTree(Files.readString(file));
      return new TokenizerFolder(path, file, generation);
    } catch (IOException | JacksonException e) {
      throw new UserError(
          file + " cannot be read",
          "--tokenizer is the model's GGUF file, or a folder with its tokenizer.json and"
              + " generation_config.json",
          e);
    }
  }

  @Override
  public Vocabulary vocabulary() {
    Tokenizer read = Tokenizer.read(tokenizer);
    List<byte[]> pieces = new ArrayList<>();
    for (int id = 0; id < read.size(); id++) {
      pieces.add(read.piece(id));
    }
    Set<Integer> stops = new TreeSet<>();
    JsonNode ends = generation.path("eos_token_id");
    (ends.isArray() ? List.copyOf(ends.values()) : List.of(ends))
        .forEach(end -> stops.add(id(end, pieces.size())));
    JsonNode first = generation.path("bos_token_id");
    OptionalInt begin =
        first.isNumber() ? OptionalInt.of(id(first, pieces.size())) : OptionalInt.empty();
    return new RemoteVocabulary(
        new Pieces(pieces, read.controls(), begin, stops), text -> Tokens.of(read.encode(text)));
  }

  private int id(JsonNode node, int size) {
    int id = node.asInt(-1);
    if (id < 0 || id >= size) {
      throw new UserError(
          file + " names the token " + node + " of " + size,
          "use the generation_config.json and tokenizer.json of one model");
    }
    return id;
  }

  @Override
  public Optional<Recommended> recommended() {
    JsonNode temperature = generation.path("temperature");
    JsonNode topP = generation.path("top_p");
    if (!temperature.isNumber() && !topP.isNumber()) {
      return Optional.empty();
    }
    return Optional.of(
        new Recommended(
            new Sampling(temperature.asDouble(1), topP.asDouble(1)), "the model's " + GENERATION));
  }
}
