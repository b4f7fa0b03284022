package criticalwindows.hub;

import criticalwindows.model.Message;
import java.util.List;

/// Something a model is asked, for people to read.
///
/// @param caption what it is, in a few words
/// @param messages as the model will see them; the last one may be the assistant's, begun
public record Example(String caption, List<Message> messages) {
  public Example {
    messages = List.copyOf(messages);
  }
}
