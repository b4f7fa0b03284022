package criticalwindows.math;

/// A text that has no canonical form here: not mathematics, not defined, or more work than is
/// allowed. It is caught in [MathForms#of], which then takes the text as it is written.
final class Beyond extends RuntimeException {
  private static final long serialVersionUID = 1;

  Beyond(String why) {
    super(why, null, false, false);
  }
}
