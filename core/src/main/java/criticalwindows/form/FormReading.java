package criticalwindows.form;

/// What a text made of a form.
public sealed interface FormReading {
  /// The choices that could be read before the text ended or left the form.
  Combination choices();

  /// Every sentence was completed.
  record Filled(Combination choices) implements FormReading {}

  /// The text left the form, or ended too early.
  ///
  /// @param choices made before
  /// @param reached how many choices the text came to: one more than it made where it left the form
  ///   right at a choice
  /// @param why a short reason, the same for the same cause, so that it can be counted
  record Left(Combination choices, int reached, String why) implements FormReading {}
}
