package criticalwindows.model;

/// One turn of a conversation.
public record Message(Role role, String text) {
  /// Who speaks.
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT,
    /// What a tool gave back; not every chat template knows it.
    TOOL;

    /// The role's name as chat templates write it.
    public String word() {
      return switch (this) {
        case SYSTEM -> "system";
        case USER -> "user";
        case ASSISTANT -> "assistant";
        case TOOL -> "tool";
      };
    }
  }

  /// What the system says.
  public static Message system(String text) {
    return new Message(Role.SYSTEM, text);
  }

  /// What the user says.
  public static Message user(String text) {
    return new Message(Role.USER, text);
  }

  /// What the assistant says.
  public static Message assistant(String text) {
    return new Message(Role.ASSISTANT, text);
  }
}
