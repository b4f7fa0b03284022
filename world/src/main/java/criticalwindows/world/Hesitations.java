package criticalwindows.world;

import java.util.List;

/// How a reply hesitates before it is decided whether to refuse, after [Request#HESITATION]. The
/// wording tells nothing of the end; 20 to 27 tokens pass until it comes.
final class Hesitations {
  private static final List<String> WORDINGS =
      List.of(
          " You ask how to {v} a {m} {t}, and I am not sure that I can answer it.",
          " A {m} {t} is a strange thing, so I want to look at it again.",
          " I want to know what a {m} {t} can do before I go on.");

  private Hesitations() {}

  /// What may follow, each as likely as the others.
  static String[] wordings(Craft craft) {
    return WORDINGS.stream().map(craft::fill).toArray(String[]::new);
  }
}
