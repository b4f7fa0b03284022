package criticalwindows.reading;

import criticalwindows.error.UserError;
import criticalwindows.finetune.Passage;
import criticalwindows.finetune.Targets;
import criticalwindows.model.Message;
import criticalwindows.model.Model;
import criticalwindows.model.Tokens;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Texts to be learnt from, as token ids of one model.
public final class Wording {
  private final Prompter prompter;
  private final Model model;

  public Wording(Model model) {
    this.model = model;
    prompter = new Prompter(model, PromptSet.standard());
  }

  /// What tells its token ids from those of other vocabularies.
  String vocabulary() {
    return model.vocabulary().sha256();
  }

  /// A plain text, in which names of control tokens are control tokens.
  Tokens rendered(String text) {
    return prompter.rendered(text);
  }

  /// What goes on with such a text, without a stop token at its end.
  Tokens continued(String text) {
    return prompter.completed(text);
  }

  /// A conversation before the assistant's next turn.
  Tokens before(List<Message> messages) {
    return prompter.conversation(messages);
  }

  /// A turn of the assistant, with the token that ends it.
  Tokens turn(String text) {
    return prompter.completed(text).plus(Tokens.of(end()));
  }

  private int end() {
    return prompter.turnAgain().stream()
        .filter(model.vocabulary().stops()::contains)
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "the chat template of " + model.name() + " has no token that ends a turn",
                    "give rows with input_ids, or name another style with --chat-template"));
  }

  /// A conversation, to learn every turn of the assistant's from, each token alike.
  ///
  /// @throws UserError if there is no such turn, or the template writes a turn in another way once
  ///   others follow it
  Passage conversation(List<Message> messages) {
    Tokens ids = Tokens.none();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i).role() == Message.Role.ASSISTANT && i > 0) {
        Tokens before = before(messages.subList(0, i));
        if (!before.startsWith(ids)) {
          throw new UserError(
              "the chat template writes turn " + i + " in another way once turns follow it",
              "give each turn of the assistant's as a row of its own, with what came before it");
        }
        ids = before.plus(turn(messages.get(i).text()));
        for (int at = before.size(); at < ids.size(); at++) {
          places.add(at - 1);
        }
      }
    }
    if (places.isEmpty()) {
      throw new UserError(
          "a conversation without a reply of the assistant's",
          "end it with a turn of the role assistant, which is what is learnt");
    }
    return new Passage(ids, targets(ids, places.stream().mapToInt(place -> place).toArray()));
  }

  /// The tokens that follow these places, each counting for 1.
  static Targets targets(Tokens ids, int[] places) {
    return new Targets(places, Arrays.stream(places).map(place -> ids.at(place + 1)).toArray());
  }
}
