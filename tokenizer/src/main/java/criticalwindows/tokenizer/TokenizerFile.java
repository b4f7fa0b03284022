package criticalwindows.tokenizer;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a `tokenizer.json` says, checked.
///
/// @param pieces what each id adds to a text, by id; nothing for an id without a token
/// @param controls the special tokens by name, which no text becomes
/// @param plainJson the same tokenizer for plain text: without special tokens, and without what
///   does not bear on the ids of a text
/// @param seams the added tokens that are looked for in the text as the steps have changed it
record TokenizerFile(
    List<byte[]> pieces, Map<String, Integer> controls, String plainJson, Seams seams) {
  /// No tokenizer has a file or an id of this size; what claims it would fill the memory.
  private static final long MOST_BYTES = 256L << 20;

  private static final int MOST_IDS = 1 << 22;

  /// Added tokens that are looked for in a text that was changed before.
  ///
  /// @param names of the tokens
  /// @param json a tokenizer that changes a text in the same way and makes nothing of no text
  record Seams(List<String> names, String json) {
    Seams {
      names = List.copyOf(names);
    }
  }

  TokenizerFile {
    pieces = List.copyOf(pieces);
    controls = Collections.unmodifiableMap(new TreeMap<>(controls));
  }

  /// Reads and checks a file.
  ///
  /// @throws UserError if it is missing, damaged, or says what cannot be
  static TokenizerFile read(Path file) {
    return new Reading(file.toString(), parse(file)).read();
  }

  private static ObjectNode parse(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw DamagedFile.of(file.toString(), "has more than " + (MOST_BYTES >> 20) + " MB");
      }
      if (JsonMapper.shared().readTree(Files.readString(file)) instanceof ObjectNode root) {
        return root;
      }
      throw DamagedFile.of(file.toString(), "holds no JSON object");
    } catch (NoSuchFileException e) {
      throw new UserError(
          "there is no " + file, "name the model's tokenizer.json, or the folder with it", e);
    } catch (CharacterCodingException e) {
      throw DamagedFile.of(file.toString(), "is no text in UTF-8", e);
    } catch (IOException e) {
      throw DamagedFile.of(file.toString(), "cannot be read: " + Reason.of(e), e);
    } catch (JacksonException e) {
      throw DamagedFile.of(
          file.toString(), "is no JSON: " + Reason.withoutPlaces(e.getOriginalMessage()), e);
    }
  }

  /// One file on its way.
  private static final class Reading {
    private final String where;
    private final ObjectNode root;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<Integer, String> names = new HashMap<>();
    private final Map<String, Integer> controls = new HashMap<>();
    private final Map<String, Integer> added = new LinkedHashMap<>();

    Reading(String where, ObjectNode root) {
      this.where = where;
      this.root = root;
    }

    TokenizerFile read() {
      if (!(root.path("model") instanceof ObjectNode model)) {
        throw DamagedFile.of(where, "has no model");
      }
      JsonNode vocabulary = model.path("vocab");
      if (vocabulary instanceof ArrayNode list) {
        for (int id = 0; id < list.size(); id++) {
          // A list may say a token twice.
          String name = list.get(id).path(0).asString("");
          names.put(id, name);
          ids.putIfAbsent(name, id);
        }
      } else if (vocabulary.isObject()) {
        vocabulary.properties().forEach(entry -> put(entry.getKey(), id(entry.getValue())));
      } else {
        throw DamagedFile.of(where, "has no vocabulary");
      }
      ArrayNode plain = added();
      if (names.isEmpty()) {
        throw DamagedFile.of(where, "has no tokens");
      }
      Steps.check(where, root.path("normalizer"));
      Steps.check(where, root.path("pre_tokenizer"));
      ObjectNode json = JsonMapper.shared().createObjectNode().put("version", "1.0");
      json.set("added_tokens", plain);
      json.set("normalizer", root.path("normalizer"));
      json.set("pre_tokenizer", root.path("pre_tokenizer"));
      json.set("model", new PlainModel(where, controls, added).of(model));
      return new TokenizerFile(pieces(), controls, json.toString(), seams(plain));
    }

    private Seams seams(ArrayNode plain) {
      List<String> names =
          plain
              .valueStream()
              .filter(token -> token.path("normalized").asBoolean(false))
              .map(token -> token.path("content").asString(""))
              .toList();
      ObjectNode json = JsonMapper.shared().createObjectNode().put("version", "1.0");
      json.putArray("added_tokens");
      json.set("normalizer", root.path("normalizer"));
      json.putNull("pre_tokenizer");
      ObjectNode model = json.putObject("model").put("type", "WordLevel").put("unk_token", "?");
      model.putObject("vocab").put("?", 0);
      return new Seams(names, json.toString());
    }

    private int id(JsonNode node) {
      int id = node.isIntegralNumber() && node.canConvertToInt() ? node.intValue() : -1;
      if (id < 0 || id >= MOST_IDS) {
        throw DamagedFile.of(where, "has the id " + node + ", outside [0, " + MOST_IDS + ")");
      }
      return id;
    }

    private void put(String name, int id) {
      String other = names.putIfAbsent(id, name);
      if (other != null && !other.equals(name)) {
        throw DamagedFile.of(where, "gives the id " + id + " to " + other + " and to " + name);
      }
      Integer before = ids.putIfAbsent(name, id);
      if (before != null && before != id) {
        throw DamagedFile.of(where, "gives " + name + " the ids " + before + " and " + id);
      }
    }

    /// Notes the added tokens.
    ///
    /// @return those that a text may become, as the library reads them
    private ArrayNode added() {
      ArrayNode plain = JsonMapper.shared().createArrayNode();
      for (JsonNode token : root.path("added_tokens").values()) {
        String name = token.path("content").asString("");
        if (name.isEmpty()) {
          throw DamagedFile.of(where, "has an added token without content: " + token);
        }
        int id = id(token.path("id"));
        put(name, id);
        if (token.path("special").asBoolean(false)) {
          controls.put(name, id);
        } else {
          added.put(name, id);
          ObjectNode entry = plain.addObject().put("id", id).put("content", name);
          for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized", "special")) {
            entry.put(flag, token.path(flag).asBoolean(false));
          }
        }
      }
      return plain;
    }

    private List<byte[]> pieces() {
      PieceReader reader = PieceReader.of(where, root.path("decoder"));
      int size = Collections.max(names.keySet()) + 1;
      List<byte[]> pieces = new ArrayList<>(Collections.nCopies(size, new byte[0]));
      names.forEach(
          (id, name) -> {
            boolean own = added.containsKey(name) || controls.containsKey(name);
            pieces.set(id, own ? reader.added(name) : reader.piece(name));
          });
      return pieces;
    }
  }
}
