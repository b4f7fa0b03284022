package criticalwindows.prompt;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.model.ChatTemplate;
import criticalwindows.model.Message;
import criticalwindows.model.Model;
import criticalwindows.model.Naming;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.model.Watch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Turns problems into token ids.
///
/// Control tokens come from the chat template alone: a problem that spells `<|eot_id|>` stays text.
/// Each document begins with exactly one begin-of-text token, where the model has one.
public final class Prompter {
  /// Stands for a turn's text while the template is rendered: private-use characters no template
  /// contains.
  private static final String MARK = "\uE000\uE001\uE002";

  private final Vocabulary vocabulary;
  private final ChatTemplate template;
  private final PromptSet prompts;
  private final List<String> controls;
  private final Map<List<String>, Watch> watches = new HashMap<>();

  public Prompter(Model model, PromptSet prompts) {
    this.vocabulary = model.vocabulary();
    this.template = model.chatTemplate();
    this.prompts = prompts;
    // Longest first, so that no name is taken for the beginning of a longer one.
    this.controls =
        vocabulary.controls().keySet().stream()
            .filter(name -> !name.isEmpty())
            .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(name -> name))
            .toList();
  }

  /// System turn, the problem to reason through, and the assistant's turn begun.
  public Tokens reasoning(Problem problem) {
    return document(prompts.system(problem), prompts.reason(problem), prompts.prefill());
  }

  /// System turn, and the problem with the question for its answer alone: no reasoning, nothing
  /// begun.
  public Tokens direct(Problem problem) {
    return document(prompts.system(problem), problem.text() + "\n\n" + prompts.ask(problem), "");
  }

  /// A user's turn alone, and the header of the assistant's: no system turn, nothing begun.
  public Tokens request(String user) {
    return begun(encode(template.render(List.of(Message.user(MARK))), List.of(user)));
  }

  /// A conversation as it stands before the assistant's next turn. Where the last turn is the
  /// assistant's, that turn is begun and not ended: what comes next goes on with it.
  ///
  /// @param messages at least one
  /// @throws UserError if the chat template cannot show them all, or nothing comes before a turn
  ///   that is begun
  public Tokens conversation(List<Message> messages) {
    boolean open = messages.getLast().role() == Message.Role.ASSISTANT;
    List<Message> ended = open ? messages.subList(0, messages.size() - 1) : messages;
    if (ended.isEmpty()) {
      throw new UserError(
          "a conversation of nothing but the beginning of a reply",
          "give the turn that it replies to, or its prompt_token_ids");
    }
    List<String> texts = new ArrayList<>();
    List<Message> marked = new ArrayList<>();
    for (Message message : ended) {
      marked.add(new Message(message.role(), " " + MARK + " "));
      texts.add(message.text());
    }
    String rendered = template.render(marked);
    String spaced = " " + MARK + " ";
    if (rendered.contains(spaced)) {
      rendered = rendered.replace(spaced, MARK);
    } else {
      // It takes space away around what is said.
      texts.replaceAll(String::strip);
    }
    if (open) {
      rendered += MARK;
      texts.add(messages.getLast().text());
    }
    try {
      return begun(encode(rendered, texts));
    } catch (IllegalStateException | IndexOutOfBoundsException e) {
      throw new UserError(
          "the chat template does not show a conversation of "
              + messages.stream().map(m -> m.role().word()).collect(Collectors.joining(", ")),
          "give its prompt_token_ids, or name another style with --chat-template",
          e);
    }
  }

  /// What stands between what a user says and the reply: the end of a turn and the header of the
  /// assistant's. Behind a part of a reply it has the model begin another one.
  public Tokens header() {
    String turn = template.render(List.of(Message.user(MARK)));
    return encode(turn.substring(turn.lastIndexOf(MARK) + MARK.length()), List.of());
  }

  /// Where the assistant's last turn begins in a prompt: behind the header of the turn. What stands
  /// behind it is what the turn was begun with.
  ///
  /// @param prompt that this model's chat template may have made
  /// @return the prompt's length where no turn was begun, or the header has no control token to be
  ///   known by
  public int turn(Tokens prompt) {
    Tokens header = header();
    if (!controlled(header)) {
      return prompt.size();
    }
    for (int at = prompt.size() - header.size(); at >= 0; at--) {
      int behind = at + header.size();
      if (prompt.slice(at, behind).equals(header)) {
        return controlled(prompt.slice(behind, prompt.size())) ? prompt.size() : behind;
      }
    }
    return prompt.size();
  }

  private boolean controlled(Tokens tokens) {
    return tokens.stream().anyMatch(vocabulary.controls()::containsValue);
  }

  /// A text that is no conversation, from its beginning.
  public Tokens document(String text) {
    return begun(vocabulary.encode(text));
  }

  /// A text that some chat template has made: names of control tokens in it are control tokens, as
  /// engines read such prompts.
  public Tokens rendered(String text) {
    return begun(written(text, controls));
  }

  /// A conversation that this model's own chat template has made: as [#rendered], and where it
  /// begins with several begin-of-text tokens, with one of them.
  ///
  /// @throws UserError if another template has made it
  public Tokens templated(String text) {
    String turn = template.render(List.of(Message.user(MARK)));
    String between = turn.substring(turn.lastIndexOf(MARK) + MARK.length()).strip();
    if (!text.contains(between)) {
      throw new UserError(
          "the prompt is not written in this model's chat template: it has no "
              + between.replaceAll("\\s+", " "),
          "use the kind of model that it was written for, name its style with --chat-template, or"
              + " give its turns as messages");
    }
    Tokens tokens = rendered(text);
    int first = 0;
    while (vocabulary.begin().isPresent()
        && first + 1 < tokens.size()
        && tokens.at(first + 1) == vocabulary.begin().getAsInt()) {
      first++;
    }
    return tokens.slice(first, tokens.size());
  }

  /// What an assistant wrote, with the control tokens that it wrote by name, and without the stop
  /// token at its end.
  public Tokens completed(String text) {
    return withoutStop(written(text, controls));
  }

  /// Token ids without the stop token at their end, where they end in one of this model's.
  public Tokens withoutStop(Tokens ids) {
    boolean ended = !ids.isEmpty() && vocabulary.stops().contains(ids.at(ids.size() - 1));
    return ended ? ids.prefix(ids.size() - 1) : ids;
  }

  /// What an assistant wrote. Control tokens are read in it only where these names stand, such as
  /// `</think>`: those that a model itself may write.
  ///
  /// @param markers names of control tokens; what the vocabulary does not have is text
  public Tokens written(String text, List<String> markers) {
    List<String> known =
        markers.stream()
            .filter(marker -> vocabulary.controls().containsKey(marker) && text.contains(marker))
            .toList();
    if (known.isEmpty()) {
      return vocabulary.encode(text);
    }
    Tokens tokens = Tokens.none();
    int from = 0;
    int at = 0;
    while (at < text.length()) {
      int here = at;
      Optional<String> marker = known.stream().filter(m -> text.startsWith(m, here)).findFirst();
      if (marker.isPresent()) {
        tokens = tokens.plus(vocabulary.encode(text.substring(from, at))).plus(id(marker.get()));
        at += marker.get().length();
        from = at;
      } else {
        at++;
      }
    }
    return tokens.plus(vocabulary.encode(text.substring(from)));
  }

  /// What stands between two turns of the assistant's: the end of the one, and the header of the
  /// other.
  public Tokens turnAgain() {
    String rendered = template.render(List.of(Message.user(MARK), Message.assistant(MARK)));
    return encode(rendered.substring(rendered.lastIndexOf(MARK) + MARK.length()), List.of());
  }

  /// What follows the assistant's text: the end of its turn, the question for the answer, and the
  /// header of the next assistant turn.
  public Tokens followUp(Problem problem) {
    List<Message> messages =
        List.of(
            Message.system(MARK), Message.user(MARK), Message.assistant(MARK), Message.user(MARK));
    String rendered = template.render(messages);
    int assistant = rendered.length();
    for (int i = 0; i < 2; i++) {
      assistant = rendered.lastIndexOf(MARK, assistant - 1);
      if (assistant < 0) {
        throw new IllegalStateException("the chat template leaves out the assistant's turn");
      }
    }
    return encode(rendered.substring(assistant + MARK.length()), List.of(prompts.ask(problem)));
  }

  /// Where a reply to the question for the answer names a choice, and the token of each choice's
  /// label there, in their order: where replies in the form that the question quotes, such as "The
  /// answer is (B)", first differ. Nothing where the problem has no choices, no form is quoted, or
  /// the choices do not come to a token each.
  public Watch choices(Problem problem) {
    // They depend on the letters alone, and a server tokenises for a fee of time.
    List<String> labels = problem.choices().stream().map(Choice::label).toList();
    return watches.computeIfAbsent(labels, this::watch);
  }

  /// As [#choices], and where a reply does not come to that place, the one where it first names a
  /// choice in another way; beside it what it would say there if it had to.
  public Watch choicesAnywhere(Problem problem) {
    Watch watch = choices(problem);
    if (watch.ids().isEmpty()) {
      return watch;
    }
    List<String> labels =
        problem.choices().stream().map(choice -> "(" + choice.label() + ")").toList();
    List<String> texts = problem.choices().stream().map(Choice::text).toList();
    return watch.everywhere(new Naming(List.of(labels, texts)));
  }

  private Watch watch(List<String> labels) {
    List<Tokens> replies =
        prompts.choiceForm().stream()
            .flatMap(form -> labels.stream().map(label -> form.replace("(X)", "(" + label + ")")))
            .map(vocabulary::encode)
            .toList();
    if (replies.size() < 2) {
      return Watch.NOTHING;
    }
    Tokens first = replies.getFirst();
    int same = replies.stream().skip(1).mapToInt(first::commonPrefix).min().orElseThrow();
    int[] ids =
        replies.stream()
            .filter(r -> r.size() > same)
            .mapToInt(r -> r.at(same))
            .distinct()
            .toArray();
    return ids.length == replies.size()
        ? new Watch(first.prefix(same), Tokens.of(ids))
        : Watch.NOTHING;
  }

  private Tokens document(String system, String user, String prefill) {
    String rendered = template.render(List.of(Message.system(MARK), Message.user(MARK)));
    return begun(encode(rendered + MARK, List.of(system, user, prefill)));
  }

  private Tokens begun(Tokens tokens) {
    boolean begun =
        vocabulary.begin().isEmpty()
            || (!tokens.isEmpty() && tokens.at(0) == vocabulary.begin().getAsInt());
    return begun ? tokens : Tokens.of(vocabulary.begin().getAsInt()).plus(tokens);
  }

  /// The ids of a rendered template, its marks replaced by texts. Neighbouring texts are encoded
  /// together, so that tokens form across the seam as they did in training.
  private Tokens encode(String rendered, List<String> texts) {
    Tokens tokens = Tokens.none();
    StringBuilder plain = new StringBuilder();
    int text = 0;
    int at = 0;
    while (at < rendered.length()) {
      if (rendered.startsWith(MARK, at)) {
        plain.append(texts.get(text++));
        at += MARK.length();
        continue;
      }
      String control = controlAt(rendered, at);
      if (control.isEmpty()) {
        plain.append(rendered.charAt(at++));
      } else {
        tokens = tokens.plus(vocabulary.encode(plain.toString())).plus(id(control));
        plain.setLength(0);
        at += control.length();
      }
    }
    if (text != texts.size()) {
      throw new IllegalStateException(
          "the chat template shows "
              + text
              + " of "
              + texts.size()
              + " turns; a system turn may be unknown to it");
    }
    return tokens.plus(vocabulary.encode(plain.toString()));
  }

  private String controlAt(String rendered, int at) {
    for (String control : controls) {
      if (rendered.startsWith(control, at)) {
        return control;
      }
    }
    return "";
  }

  private Tokens id(String control) {
    return Tokens.of(vocabulary.control(control));
  }
}
