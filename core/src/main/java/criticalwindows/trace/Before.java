package criticalwindows.trace;

import criticalwindows.model.Message;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.prompt.Prompter;
import java.util.List;
import java.util.stream.Collectors;

/// What comes before a response.
public sealed interface Before {
  /// As token ids.
  Tokens prompt(Prompter prompter);

  /// As people read it.
  String show(Vocabulary vocabulary);

  /// Turns of a conversation. A last one of the assistant is unfinished: the response goes on with
  /// it.
  ///
  /// @param messages at least one
  record Turns(List<Message> messages) implements Before {
    public Turns {
      messages = List.copyOf(messages);
      if (messages.isEmpty()) {
        throw new IllegalArgumentException("a conversation has at least one turn");
      }
    }

    @Override
    public Tokens prompt(Prompter prompter) {
      return prompter.conversation(messages);
    }

    @Override
    public String show(Vocabulary vocabulary) {
      return messages.size() == 1
          ? messages.getFirst().text()
          : messages.stream()
              .map(message -> message.role().word() + ": " + message.text())
              .collect(Collectors.joining("\n\n"));
    }
  }

  /// A text that the model goes on with, in no conversation.
  record Text(String text) implements Before {
    @Override
    public Tokens prompt(Prompter prompter) {
      return prompter.document(text);
    }

    @Override
    public String show(Vocabulary vocabulary) {
      return text;
    }
  }

  /// A text that some chat template has made: names of control tokens in it are control tokens.
  record Rendered(String text) implements Before {
    @Override
    public Tokens prompt(Prompter prompter) {
      return prompter.rendered(text);
    }

    @Override
    public String show(Vocabulary vocabulary) {
      return text;
    }
  }

  /// A conversation that the chat template of a kind of model has made, up to the assistant's turn
  /// or into it. Names of control tokens in it are control tokens; it begins with one begin-of-text
  /// token, however many it has. A model of another template refuses it.
  record Templated(String text) implements Before {
    @Override
    public Tokens prompt(Prompter prompter) {
      return prompter.templated(text);
    }

    @Override
    public String show(Vocabulary vocabulary) {
      return text;
    }
  }

  /// Token ids, which are used as they are.
  record Ids(Tokens ids) implements Before {
    @Override
    public Tokens prompt(Prompter prompter) {
      return ids;
    }

    @Override
    public String show(Vocabulary vocabulary) {
      return vocabulary.decode(ids);
    }
  }
}
