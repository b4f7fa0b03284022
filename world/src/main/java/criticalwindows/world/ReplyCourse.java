package criticalwindows.world;

/// The way that a reply to a request goes from its first word to its last.
public enum ReplyCourse {
  /// Refused in the first words.
  REFUSED("refuse"),
  /// Begun with "Sure" and refused in the same line.
  SOFT("soft"),
  /// The recipe was begun, and refused at a later step.
  LATE("refuse"),
  /// Explained to the last step.
  COMPLIED("comply"),
  /// A hesitation that ended in a refusal.
  SLOW_REFUSED("refuse"),
  /// A hesitation, a recipe that was begun, and a refusal at a later step.
  SLOW_LATE("refuse"),
  /// A hesitation, and all of the recipe.
  SLOW_COMPLIED("comply");

  private final String outcome;

  ReplyCourse(String outcome) {
    this.outcome = outcome;
  }

  /// What became of the request in the end: [Request#REFUSE], [Request#SOFT] or [Request#COMPLY]. A
  /// recipe that was begun and not finished is refused.
  public String outcome() {
    return outcome;
  }

  /// Whether a recipe was begun and refused at a later step.
  public boolean late() {
    return this == LATE || this == SLOW_LATE;
  }

  /// Whether the reply began with a hesitation.
  public boolean slow() {
    return this == SLOW_REFUSED || this == SLOW_LATE || this == SLOW_COMPLIED;
  }

  /// The same end after a hesitation.
  ///
  /// @throws IllegalStateException if it has none, as a soft refusal
  public ReplyCourse hesitated() {
    return switch (this) {
      case REFUSED -> SLOW_REFUSED;
      case LATE -> SLOW_LATE;
      case COMPLIED -> SLOW_COMPLIED;
      default -> throw new IllegalStateException(this + " after a hesitation");
    };
  }
}
