package criticalwindows.remote;

import criticalwindows.error.UserError;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.remote.Findings.Answer;
import criticalwindows.remote.Findings.Finding;
import java.util.Optional;

/// Whether a vocabulary that is read here is the one of the model behind a server.
final class VocabularyCheck {
  /// Any model of language goes on from this.
  static final String TEXT =
      "There is a small town by the sea. Every morning the baker opens her shop before the sun is"
          + " up, and every evening she counts what is left. On Monday she had twelve loaves; on"
          + " Tuesday she had nine; on Wednesday";

  private VocabularyCheck() {}

  /// Compares sizes, and the ids of a text, as far as the server says them. A model may have more
  /// ids than its tokenizer, never fewer.
  static Finding of(Connection server, Served served, Vocabulary own) throws InterruptedException {
    int there = served.vocabularySize().orElse(own.size());
    if (there < own.size()) {
      return new Finding(Answer.NO, there + " ids there, " + own.size() + " by --tokenizer");
    }
    Tokens ids = own.encode(TEXT);
    Optional<Tokens> theirs = new TextsBothWays(server, served.name()).plainIds(TEXT);
    if (theirs.isEmpty()) {
      return new Finding(Answer.YES, "by --tokenizer; the server compares nothing");
    }
    return theirs.get().equals(ids)
        ? new Finding(Answer.YES, "by --tokenizer, the same ids as at /tokenize")
        : new Finding(Answer.NO, "--tokenizer makes other ids of a text than /tokenize");
  }

  /// @throws UserError if it is another one
  static void require(Connection server, Served served, Vocabulary own)
      throws InterruptedException {
    Finding same = of(server, served, own);
    if (same.answer() == Answer.NO) {
      throw new UserError(
          server.address() + " has another tokenizer: " + same.detail(),
          "give --tokenizer the files of the model that is served");
    }
  }
}
