package criticalwindows.trace;

import criticalwindows.model.Tokens;
import criticalwindows.prompt.Prompter;
import java.util.List;
import java.util.Optional;

/// The kinds of [Source] that there are.
public final class Sources {
  /// Control tokens that models write themselves, where their vocabulary has them.
  static final List<String> MARKERS =
      List.of("<think>", "</think>", "<tool_call>", "</tool_call>", "<|python_tag|>");

  /// Every [Source#kind].
  private static final List<String> KINDS =
      List.of("sampled", "given", "given as token ids", "made");

  private Sources() {}

  /// Whether the task of an item of given texts is a family that its giver named; else it is the
  /// kind of its source.
  public static boolean isFamily(String task) {
    return !KINDS.contains(task);
  }

  /// The model of the run writes it.
  public record Sampled() implements Source {
    @Override
    public String kind() {
      return "sampled";
    }

    @Override
    public Optional<Tokens> response(Prompter prompter) {
      return Optional.empty();
    }
  }

  /// A text that some model wrote.
  public record Text(String text) implements Source {
    @Override
    public String kind() {
      return "given";
    }

    @Override
    public Optional<Tokens> response(Prompter prompter) {
      return Optional.of(prompter.written(text, MARKERS));
    }
  }

  /// A text that some model wrote, with the control tokens that it wrote by name; a stop token at
  /// its end is left out where it is one of the run's model.
  public record Templated(String text) implements Source {
    @Override
    public String kind() {
      return "given";
    }

    @Override
    public Optional<Tokens> response(Prompter prompter) {
      return Optional.of(prompter.completed(text));
    }
  }

  /// Token ids that some model wrote.
  public record Ids(Tokens ids) implements Source {
    @Override
    public String kind() {
      return "given as token ids";
    }

    @Override
    public Optional<Tokens> response(Prompter prompter) {
      return Optional.of(ids);
    }
  }

  /// Token ids that some model wrote, perhaps with the stop token at their end: it is left out
  /// where it is one of the run's model.
  public record Ended(Tokens ids) implements Source {
    @Override
    public String kind() {
      return "given as token ids";
    }

    @Override
    public Optional<Tokens> response(Prompter prompter) {
      return Optional.of(prompter.withoutStop(ids));
    }
  }

  /// A text that nobody wrote: a word, again and again.
  ///
  /// @param text with its space before it, such as ` banana`
  /// @param times in [1, 100,000]
  public record Repeated(String text, int times) implements Source {
    private static final int MOST = 100_000;

    public Repeated {
      if (text.isEmpty() || times < 1 || times > MOST) {
        throw new IllegalArgumentException("\"" + text + "\" " + times + " times");
      }
    }

    @Override
    public String kind() {
      return "made";
    }

    @Override
    public Optional<Tokens> response(Prompter prompter) {
      return Optional.of(prompter.written(text.repeat(times), List.of()));
    }
  }
}
