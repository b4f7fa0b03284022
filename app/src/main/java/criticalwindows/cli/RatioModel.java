package criticalwindows.cli;

import criticalwindows.error.UserError;
import criticalwindows.hash.Sha256;
import criticalwindows.model.Model;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.ratio.Role;
import criticalwindows.store.Manifest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What has to be known of one of the two models before anything is scored.
///
/// @param file as the run names it
/// @param provenance what computes its numbers
/// @param context its most tokens
/// @param tokens of its vocabulary
/// @param vocabulary a hash of these
record RatioModel(
    Role role,
    Manifest.ModelFile file,
    Map<String, String> provenance,
    int context,
    int tokens,
    String vocabulary) {

  /// Asks an open model, and has it score two tokens: whether it can is then known.
  ///
  /// @param file as the run names it
  /// @param provenance what computes its numbers
  /// @throws UserError if it gives no log-probabilities of a prompt
  static RatioModel of(
      Role role, Manifest.ModelFile file, Map<String, String> provenance, Model model)
      throws InterruptedException {
    requireScores(role, file.path(), model);
    return new RatioModel(
        role,
        file,
        provenance,
        model.contextLength(),
        model.vocabulary().size(),
        hash(model.vocabulary()));
  }

  private static void requireScores(Role role, String path, Model model)
      throws InterruptedException {
    Vocabulary vocabulary = model.vocabulary();
    Tokens start = Tokens.of(vocabulary.begin().orElse(0));
    Script script =
        new Script(start, List.of(new Step.Score(List.of(vocabulary.encode("a b")))), 0);
    try {
      model.run(List.of(script), (index, completion) -> {});
    } catch (UserError e) {
      throw new UserError(
          "the " + role.word() + " model, " + path + ": " + e.getMessage(), e.hint(), e);
    }
  }

  private static String hash(Vocabulary vocabulary) {
    MessageDigest digest = Sha256.digest();
    for (int id = 0; id < vocabulary.size(); id++) {
      byte[] piece = vocabulary.piece(id);
      digest.update((piece.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(piece);
    }
    new TreeMap<>(vocabulary.controls())
        .forEach((name, id) -> digest.update((name + "=" + id).getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }

  /// @throws UserError if this model and that one have other tokens
  void requireSameVocabulary(RatioModel other) {
    if (!vocabulary.equals(other.vocabulary)) {
      throw new UserError(
          file.name()
              + " and "
              + other.file.name()
              + " have different vocabularies, of "
              + tokens
              + " and "
              + other.tokens
              + " tokens: their probabilities cannot be compared",
          "name two models of one family, such as a chat model and the base model that it was made"
              + " from");
    }
  }
}
