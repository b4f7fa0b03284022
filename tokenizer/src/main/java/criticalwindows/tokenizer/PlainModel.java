package criticalwindows.tokenizer;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The `model` of a `tokenizer.json`, so that no text becomes a special token.
///
/// The library numbers added tokens by their order, not by their ids, so leaving out the special
/// ones would move the others. So every added token that a text may become stands in the vocabulary
/// with its id, where the library looks first. A special token may be in the vocabulary too, and
/// merges may lead to it; it is taken out of both. The one for what cannot be written keeps its id
/// under the empty name, which is part of no text.
///
/// *Source:* `AddedVocabulary::add_tokens` of tokenizers 0.21.4.
///
/// @param controls special tokens by name
/// @param added the other added tokens by name
record PlainModel(String where, Map<String, Integer> controls, Map<String, Integer> added) {
  /// Ids in a row that no token has.
  private static final int MOST_UNUSED = 1 << 16;

  JsonNode of(ObjectNode model) {
    ObjectNode plain = JsonMapper.shared().createObjectNode();
    plain.put("type", type(model));
    plain.setAll(model);
    // Chance, which belongs to training.
    plain.remove("dropout");
    if (model.path("vocab") instanceof ArrayNode list) {
      plain.set("vocab", list(list));
      return plain;
    }
    String unknown = model.path("unk_token").asString("");
    Optional<Integer> keeps = Optional.ofNullable(controls.get(unknown));
    ObjectNode vocabulary = ((ObjectNode) model.path("vocab")).deepCopy();
    controls.keySet().forEach(vocabulary::remove);
    added.forEach(vocabulary::put);
    keeps.ifPresent(id -> plain.put("unk_token", "").set("vocab", vocabulary.put("", id)));
    plain.set("vocab", vocabulary);
    if (model.has("merges")) {
      plain.set("merges", merges(model));
    }
    return plain;
  }

  /// Older files do not name their kind.
  private String type(ObjectNode model) {
    if (model.has("type")) {
      return model.path("type").asString("");
    }
    if (model.path("vocab").isArray()) {
      return "Unigram";
    }
    if (model.has("merges")) {
      return "BPE";
    }
    return model.has("continuing_subword_prefix") ? "WordPiece" : "WordLevel";
  }

  /// Tokens and how likely each is, by id.
  private ArrayNode list(ArrayNode tokens) {
    ArrayNode plain = JsonMapper.shared().createArrayNode();
    double least = 0;
    for (JsonNode token : tokens) {
      JsonNode score = token.path(1);
      boolean control = controls.containsKey(token.path(0).asString(""));
      plain.addArray().add(control ? "" : token.path(0).asString("")).add(score);
      least = Math.min(least, score.asDouble(0));
    }
    for (Map.Entry<String, Integer> token : added.entrySet()) {
      if (token.getValue() >= plain.size() + MOST_UNUSED) {
        throw DamagedFile.of(where, "has the id " + token.getValue() + ", far beyond all others");
      }
      while (plain.size() <= token.getValue()) {
        plain.addArray().add("").add(least);
      }
      if (token.getValue() >= tokens.size()) {
        plain.set(
            token.getValue(), JsonMapper.shared().createArrayNode().add(token.getKey()).add(least));
      }
    }
    return plain;
  }

  /// Newer files have each merge as a list of two, older ones as a text with a space.
  private ArrayNode merges(ObjectNode model) {
    String prefix = model.path("continuing_subword_prefix").asString("");
    ArrayNode plain = JsonMapper.shared().createArrayNode();
    for (JsonNode merge : model.path("merges").values()) {
      String text = merge.asString("");
      int space = text.indexOf(' ');
      String left =
          merge.isArray() ? merge.path(0).asString("") : text.substring(0, Math.max(space, 0));
      String right = merge.isArray() ? merge.path(1).asString("") : text.substring(space + 1);
      if (left.isEmpty() || right.isEmpty() || !right.startsWith(prefix)) {
        throw DamagedFile.of(where, "has the merge " + merge);
      }
      String both = left + right.substring(prefix.length());
      if (!(controls.containsKey(left)
          || controls.containsKey(right)
          || controls.containsKey(both))) {
        plain.add(merge);
      }
    }
    return plain;
  }
}
