package criticalwindows.foresight;

import java.util.Arrays;
import java.util.List;

/// What foretells the answer in the study of foresight.
enum ForesightArm {
  /// The untrained model's own early answers: the control.
  EARLY(
      "early",
      "the untrained model's early answer as `cw run cot` reads it: its probabilities where its"
          + " reply first names an option"),
  /// The same, forced.
  FORCED("early-forced", "the same behind \"The answer is (\", which is fed"),
  /// The same, with its sharpness fitted.
  SHARPENED(
      "early-sharpened",
      "`early` with all probabilities raised to one power, fitted on training problems"),
  /// A LoRA on counts.
  FORESIGHT("foresight", "a LoRA that was taught counts of continuations as letters"),
  /// A LoRA on exact probabilities.
  EXACT_LABELS("foresight-exact", "the same, taught exact probabilities in place of counts"),
  /// A LoRA on shuffled counts.
  PLACEBO("placebo", "the same, taught counts of other prefixes with as many options"),
  /// A LoRA on counts, in words.
  GUESSES(
      "foresight-words",
      "a LoRA that was taught the same counts as guesses in words: early answers that are taught"
          + " further"),
  /// The same on shuffled counts.
  GUESSES_PLACEBO(
      "placebo-words", "the same, taught counts of other prefixes with as many options"),
  /// A linear head.
  HEAD("head", "a linear softmax head on the untrained model's last hidden state at the cut"),
  /// The option that an early answer names.
  VERBAL(
      "verbal",
      "the option that the early answer's reply names, with the share of continuations that bear"
          + " such options out on training problems; the others share the rest"),
  /// Shares at the prompt.
  BASE_RATE("base-rate", "shares of continuations of the prompt, the same at each cut"),
  /// Shares of letters.
  POSITION("position", "shares of letters by tokens written and number of options"),
  /// All alike.
  UNIFORM("uniform", "each option the same"),
  /// The truth.
  EXACT("exact", "the program's own probabilities: a check of the measures");

  private final String word;
  private final String about;

  ForesightArm(String word, String about) {
    this.word = word;
    this.about = about;
  }

  String word() {
    return word;
  }

  String about() {
    return about;
  }

  static List<String> words() {
    return Arrays.stream(values()).map(ForesightArm::word).toList();
  }

  /// @throws java.util.NoSuchElementException if there is none
  static ForesightArm named(String word) {
    return Arrays.stream(values()).filter(arm -> arm.word.equals(word)).findFirst().orElseThrow();
  }
}
