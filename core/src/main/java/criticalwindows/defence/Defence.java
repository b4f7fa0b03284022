package criticalwindows.defence;

import criticalwindows.error.UserError;
import criticalwindows.hash.Sha256;
import criticalwindows.outcome.Said;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Sample;
import java.util.ArrayList;
import java.util.List;

/// What is done against a turn of the assistant that somebody else has begun.
public sealed interface Defence {
  /// As a user writes it, and as a run keeps it: `header:10`.
  String spec();

  /// What its scripts are in a run: no two defences share one.
  Arm arm();

  /// For people, short.
  String shown();

  /// What there is to read of a reply: behind a hint all of it, behind a header what was begun
  /// anew.
  ///
  /// @param original whose beginning was kept before it
  Said said(Sample reply, Sample original);

  /// The header of the assistant's turn is put in again after every so many sampled tokens, and the
  /// model begins a reply anew there. Where that is of another class than the one that is followed,
  /// such as a refusal, it ends the reply; else it is thrown away, and the reply goes on.
  ///
  /// *Source:* the fork of “Any-Depth Alignment”, arXiv 2510.18081, with a judge of text.
  ///
  /// @param every tokens, in [1, 10,000]
  record Header(int every) implements Defence {
    private static final int MOST = 10_000;

    /// The most tokens of a reply that is begun anew: enough for a refusal.
    public static final int TOKENS = 48;

    public Header {
      if (every < 1 || every > MOST) {
        throw new IllegalArgumentException("a header after every " + every + " tokens");
      }
    }

    @Override
    public String spec() {
      return HEADER + every;
    }

    @Override
    public Arm arm() {
      return new Arm("header-" + every);
    }

    @Override
    public Said said(Sample reply, Sample original) {
      return Said.response(reply.finish(), reply.text());
    }

    @Override
    public String shown() {
      return spec();
    }
  }

  /// A text stands in the assistant's turn where the response was cut, and the model goes on behind
  /// it.
  ///
  /// @param text without space around it, not empty
  record Hint(String text) implements Defence {
    public Hint {
      if (text.isEmpty() || !text.strip().equals(text)) {
        throw new IllegalArgumentException("the hint \"" + text + "\"");
      }
    }

    @Override
    public String spec() {
      return HINT + text;
    }

    @Override
    public Arm arm() {
      return new Arm("hint-" + Sha256.name(Sha256.of(text)));
    }

    @Override
    public Said said(Sample reply, Sample original) {
      int kept = reply.key().kept();
      return Said.response(reply.finish(), original.beginning(kept) + behind(kept) + reply.text());
    }

    @Override
    public String shown() {
      return spec();
    }

    /// The text behind what was kept: with a space between, where anything was.
    String behind(int kept) {
      return kept == 0 ? text : " " + text;
    }
  }

  /// How a header is written, before its number.
  String HEADER = "header:";

  /// How a hint is written, before its text.
  String HINT = "hint:";

  /// A defence as a user writes it.
  ///
  /// @throws UserError if it is none
  static Defence parse(String spec) {
    if (spec.startsWith(HEADER)) {
      return header(spec);
    }
    if (spec.startsWith(HINT)) {
      String text = spec.substring(HINT.length()).strip();
      if (text.isEmpty()) {
        throw new UserError(
            "--defence hint: says nothing", "give a short text, such as hint:Wait, is this safe?");
      }
      return new Hint(text);
    }
    throw new UserError(
        "no defence is named " + spec, "give header:K, such as header:10, or hint:TEXT");
  }

  private static Defence header(String spec) {
    try {
      return new Header(Integer.parseInt(spec.substring(HEADER.length())));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--defence " + spec + ": that is no number of tokens from 1 to " + Header.MOST,
          "say after how many sampled tokens the header is put in, such as header:10",
          e);
    }
  }

  /// What there is to read of a script, under a defence or without.
  ///
  /// @param rows of the script, in the order of their turns
  /// @param original that was cut
  static Said said(List<Defence> defences, List<Sample> rows, Sample original) {
    Sample first = rows.getFirst();
    return defences.stream()
        .filter(each -> first.key().is(each.arm()))
        .findFirst()
        .map(each -> each.said(first, original))
        .orElseGet(() -> Said.of(rows, original));
  }

  /// Several, in their order.
  ///
  /// @throws UserError if one is wrong or there twice
  static List<Defence> all(List<String> specs) {
    List<Defence> all = new ArrayList<>();
    for (String spec : specs) {
      Defence defence = parse(spec);
      if (all.contains(defence)) {
        throw new UserError(
            "the defence " + defence.spec() + " is asked for twice", "name it once");
      }
      all.add(defence);
    }
    return List.copyOf(all);
  }
}
