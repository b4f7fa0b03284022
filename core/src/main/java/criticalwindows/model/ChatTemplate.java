package criticalwindows.model;

import java.util.List;

/// How a model was trained to see a conversation written down.
@FunctionalInterface
public interface ChatTemplate {
  /// The conversation as text, control tokens by name, ready for the assistant's next turn (its
  /// header written, its text not begun). Texts may come out trimmed, but otherwise as they are.
  ///
  /// @param messages at least one
  String render(List<Message> messages);
}
