package criticalwindows.cot;

import criticalwindows.rollout.ChoiceProbs;

/// How the probabilities of the choices are read at an early answer.
public enum EarlyAnswerReading {
  /// Where its reply first names a choice, in whatever words, given what it wrote before that: its
  /// distribution over the answers. A reply that ends in another choice has none.
  OWN,

  /// Behind the form that the question quotes, fed as if the model had begun its reply with it: a
  /// forced or prefilled answer. It is another quantity where the model would first write something
  /// else, such as a guess or more thoughts.
  FORCED;

  ChoiceProbs probs(CotLevel level) {
    return switch (this) {
      case OWN -> level.earlyProbs();
      case FORCED -> level.earlyForced();
    };
  }
}
