package criticalwindows.trace;

import criticalwindows.error.UserError;
import criticalwindows.model.FinishReason;
import criticalwindows.model.Message;
import criticalwindows.model.Model;
import criticalwindows.model.Tokens;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Turns that are begun with one word again and again, as texts that a model goes on with.
///
/// Nothing given is to be sampled where a word was given `k` times, so that those stand before the
/// response, as token ids; with `k` = 0 the response that is scored is the longest run, which says
/// how likely one word more was to the model after each number of words.
public final class RepeatedWords {
  /// Between a word and how often it was given, in the id of an item.
  public static final String TIMES = "/";

  private final Model model;
  private final Prompter prompter;
  private final Tokens prompt;
  private final int more;

  /// @param request of the user; may be empty
  /// @param more tokens that a continuation may have
  public RepeatedWords(Model model, String request, int more) {
    this.model = model;
    this.prompter = new Prompter(model, PromptSet.standard());
    this.prompt = prompter.conversation(List.of(Message.user(request)));
    this.more = more;
  }

  /// What fits the context.
  ///
  /// @param notes what was left out
  public record Fitting(List<Trace> traces, List<String> notes) {
    public Fitting {
      traces = List.copyOf(traces);
      notes = List.copyOf(notes);
    }
  }

  /// Every word with every count.
  ///
  /// @param counts growing, from 0
  /// @throws UserError if one of them does not fit
  public Fitting all(List<String> words, List<Integer> counts) {
    int most = words.stream().mapToInt(word -> ids(word).most()).min().orElse(0);
    if (counts.getLast() > most) {
      throw new UserError(
          counts.getLast()
              + " words do not fit the context of "
              + model.name()
              + ", "
              + model.contextLength()
              + " tokens",
          "give at most " + most + " with --counts");
    }
    return those(words, counts);
  }

  /// Every word with those counts that fit.
  public Fitting those(List<String> words, List<Integer> counts) {
    List<Trace> traces = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (String word : words) {
      Ids ids = ids(word);
      List<Integer> fitting = counts.stream().filter(count -> count <= ids.most()).toList();
      if (fitting.size() < counts.size()) {
        notes.add(
            word
                + ": counts above "
                + ids.most()
                + " are left out, "
                + (counts.size() - fitting.size())
                + " of "
                + counts.size()
                + ": they do not fit the context");
      }
      fitting.forEach(count -> traces.add(trace(ids, count, fitting.getLast())));
    }
    return new Fitting(traces, notes);
  }

  private Trace trace(Ids ids, int count, int longest) {
    boolean none = count == 0;
    return new Trace(
        ids.word + " " + count + " times",
        Optional.of(ids.word + TIMES + count),
        new Before.Ids(prompt.plus(ids.times(count))),
        none ? new Sources.Ids(ids.times(longest + 1)) : new Sources.Sampled(),
        FinishReason.LENGTH,
        Optional.empty(),
        Optional.of(ids.word));
  }

  /// The token ids of a word: where it begins a text, and behind itself.
  private final class Ids {
    private final String word;
    private final Tokens first;
    private final Tokens again;

    private Ids(String word, Tokens first, Tokens again) {
      this.word = word;
      this.first = first;
      this.again = again;
    }

    Tokens times(int count) {
      Tokens all = count == 0 ? Tokens.none() : first;
      for (int i = 1; i < count; i++) {
        all = all.plus(again);
      }
      return all;
    }

    /// How often it fits the context, with one word more and what is written on.
    int most() {
      int left = model.contextLength() - prompt.size() - first.size() - more - 1;
      return Math.max(0, left / again.size());
    }
  }

  /// @throws UserError if the word is no word, or is not made of the same tokens each time
  private Ids ids(String word) {
    if (word.isBlank() || word.codePoints().anyMatch(Character::isWhitespace)) {
      throw new UserError(
          "--words: \"" + word + "\" is no word", "give words without white space, with commas");
    }
    Tokens two = written(word, 2);
    Tokens three = written(word, 3);
    Tokens four = written(word, 4);
    if (three.startsWith(two) && four.startsWith(three)) {
      Tokens again = three.slice(two.size(), three.size());
      int first = two.size() - again.size();
      boolean same =
          first > 0
              && two.slice(first, two.size()).equals(again)
              && four.slice(three.size(), four.size()).equals(again);
      if (same) {
        return new Ids(word, two.prefix(first), again);
      }
    }
    throw new UserError(
        "--words: " + model.name() + " writes " + word + " with other tokens each time",
        "choose another word");
  }

  private Tokens written(String word, int times) {
    return prompter.written(String.join(" ", Collections.nCopies(times, word)), List.of());
  }
}
