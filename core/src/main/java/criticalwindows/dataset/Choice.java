package criticalwindows.dataset;

/// One option of a multiple-choice problem.
///
/// @param label what an answer names it by, such as `B`
/// @param text what it says
public record Choice(String label, String text) {
  public Choice {
    if (label.isBlank()) {
      throw new IllegalArgumentException("a choice needs a label");
    }
  }
}
