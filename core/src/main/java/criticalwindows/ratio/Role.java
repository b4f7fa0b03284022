package criticalwindows.ratio;

import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Key;

/// Which of the two models scores a text.
public enum Role {
  /// The model that was taught to refuse.
  ALIGNED("aligned"),
  /// The one beside it that was not.
  UNALIGNED("unaligned");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /// In a word, as a run names its models.
  public String word() {
    return word;
  }

  /// Whether a script is one of this model's.
  public boolean asked(Key key) {
    return key.is(text()) || key.is(phrase());
  }

  /// Of a text, its prompt from the second token on included.
  Arm text() {
    return new Arm(word);
  }

  /// Of the fixed phrase, where the response would begin.
  Arm phrase() {
    return new Arm(word + "-phrase");
  }
}
