package criticalwindows.world;

import criticalwindows.dataset.Dataset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A data set of this world together with the programs of its problems.
///
/// @param dataset what everybody reads
/// @param questions its problems in the same order, as programs
public record WorldSet(Dataset dataset, List<Question> questions) {
  public WorldSet {
    questions = List.copyOf(questions);
    if (questions.size() != dataset.problems().size()) {
      throw new IllegalArgumentException(
          questions.size() + " questions for " + dataset.problems().size() + " problems");
    }
  }

  /// The programs by the ids of their problems.
  public Map<String, Question> byId() {
    Map<String, Question> byId = new HashMap<>();
    for (int i = 0; i < questions.size(); i++) {
      byId.put(dataset.problems().get(i).id(), questions.get(i));
    }
    return byId;
  }

  /// A hash of the programs and so of every exact value that follows from them: 16 hexadecimal
  /// digits. It changes with any of their probabilities, texts and wordings.
  public String hash() {
    return Fingerprint.of(questions);
  }
}
