package criticalwindows.noise;

import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Where responses are cut, whatever their length. Lengths count tokens without the stop token.
public sealed interface CutPlan {
  /// The cuts of a response, from the first to the last. Two fractions of a short response can fall
  /// on the same token.
  ///
  /// @param length of the response in tokens, at least 0
  /// @return for a plan that looks at the text, which is not known here: before every token, more
  ///   than there can be
  List<Cut> cuts(int length);

  /// The cuts of a response whose text is at hand.
  ///
  /// @param written asked for only by a plan that looks at the text
  default List<Cut> cuts(int length, Supplier<Written> written) {
    return cuts(length);
  }

  /// The plan as [#parse] reads it.
  String spec();

  /// Whether the places depend on no outcome: so means over them are a martingale's, and a
  /// continuation is a fair draw at every later cut that it reaches.
  default boolean blind() {
    return true;
  }

  /// At these fractions of the tokens, as decimals: `.3` of 10 tokens is 3, without the trap of
  /// binary fractions.
  ///
  /// @param fractions strictly growing, each in [0, 1)
  record Fractions(List<BigDecimal> fractions) implements CutPlan {
    public Fractions {
      fractions = List.copyOf(fractions);
      if (fractions.isEmpty()) {
        throw new IllegalArgumentException("no cuts");
      }
      for (int i = 0; i < fractions.size(); i++) {
        BigDecimal fraction = fractions.get(i);
        if (fraction.signum() < 0 || fraction.compareTo(BigDecimal.ONE) >= 0) {
          throw new IllegalArgumentException("a cut keeps a fraction in [0, 1), not " + fraction);
        }
        if (i > 0 && fraction.compareTo(fractions.get(i - 1)) <= 0) {
          throw new IllegalArgumentException(
              "cuts go from small to large, but " + fraction + " follows " + fractions.get(i - 1));
        }
      }
    }

    @Override
    public List<Cut> cuts(int length) {
      return fractions.stream().map(fraction -> cut(fraction, length)).toList();
    }

    private static Cut cut(BigDecimal fraction, int length) {
      int kept =
          fraction
              .multiply(BigDecimal.valueOf(length))
              .setScale(0, RoundingMode.FLOOR)
              .intValueExact();
      return new Cut(fraction.doubleValue(), kept);
    }

    @Override
    public String spec() {
      return String.join(",", fractions.stream().map(BigDecimal::toPlainString).toList());
    }
  }

  /// Before every `stride`-th token: 0, stride, 2 · stride … below the length.
  ///
  /// @param stride at least 1
  record Every(int stride) implements CutPlan {
    public Every {
      if (stride < 1) {
        throw new IllegalArgumentException("cuts are at least one token apart, not " + stride);
      }
    }

    @Override
    public List<Cut> cuts(int length) {
      List<Cut> cuts = new ArrayList<>();
      for (int kept = 0; kept < length; kept += stride) {
        cuts.add(new Cut((double) kept / length, kept));
      }
      return cuts;
    }

    @Override
    public String spec() {
      return "every:" + stride;
    }
  }

  /// Before each of the first `tokens` tokens, and where a response is shorter, behind its last one
  /// too: 0, 1, 2 … tokens kept, each at most the length. Of a longer one then before every
  /// `stride`-th token, so that nothing can happen there unseen.
  ///
  /// @param tokens at least 1
  /// @param stride at least 1; absent where there are no cuts beyond the first tokens
  record First(int tokens, OptionalInt stride) implements CutPlan {
    private static final String NAME = "first:";
    private static final String THEN = ",every:";

    public First {
      if (tokens < 1) {
        throw new IllegalArgumentException("at least the first token, not " + tokens);
      }
      if (stride.orElse(1) < 1) {
        throw new IllegalArgumentException(
            "beyond them every token or fewer, not every " + stride.getAsInt());
      }
    }

    /// The first tokens alone.
    public First(int tokens) {
      this(tokens, OptionalInt.empty());
    }

    private static First parse(String spec) {
      int then = spec.indexOf(THEN);
      int tokens =
          Integer.parseInt(spec.substring(NAME.length(), then < 0 ? spec.length() : then).strip());
      return then < 0
          ? new First(tokens)
          : new First(
              tokens,
              OptionalInt.of(Integer.parseInt(spec.substring(then + THEN.length()).strip())));
    }

    @Override
    public List<Cut> cuts(int length) {
      IntStream first = IntStream.rangeClosed(0, Math.min(length, tokens - 1));
      int apart = stride.orElse(Integer.MAX_VALUE);
      IntStream then =
          IntStream.rangeClosed(1, (length - tokens) / apart).map(i -> tokens - 1 + i * apart);
      return IntStream.concat(first, then)
          .mapToObj(kept -> new Cut((double) kept / Math.max(1, length), kept))
          .toList();
    }

    @Override
    public String spec() {
      return NAME + tokens + (stride.isPresent() ? THEN + stride.getAsInt() : "");
    }
  }

  /// At the beginning, and after each sentence but the last one, which line breaks may follow:
  /// after the token that brings its last character.
  ///
  /// A sentence ends after `.`, `!`, `?` or `…` before white space, with closing quotes and
  /// brackets, and at a line break; not inside a formula (`$…$`, `\(…\)`, `\[…\]`) or a number, nor
  /// after a mark that numbers what follows (`1.`), an abbreviation (e.g., Dr.), or where the next
  /// word is in small letters.
  record Sentences() implements CutPlan {
    @Override
    public List<Cut> cuts(int length) {
      return new Every(1).cuts(length);
    }

    @Override
    public List<Cut> cuts(int length, Supplier<Written> written) {
      Written response = written.get();
      int last = response.text().stripTrailing().length();
      List<Integer> inner =
          SentenceEnds.in(response.text()).stream().filter(end -> end < last).toList();
      return IntStream.concat(IntStream.of(0), response.tokensFor(inner))
          .distinct()
          .filter(kept -> kept < length)
          .mapToObj(kept -> new Cut((double) kept / length, kept))
          .toList();
    }

    @Override
    public String spec() {
      return "sentences";
    }
  }

  /// Within the thinking of a model that reasons: where it begins, and after each sentence of it;
  /// none where a response has no thinking. Where that is, the tokens tell ([Thinking]).
  record InThinking() implements CutPlan {
    @Override
    public List<Cut> cuts(int length) {
      return new Every(1).cuts(length);
    }

    /// The cuts of a response.
    ///
    /// @param span of its thinking
    public List<Cut> cuts(int length, Supplier<Written> written, Thinking.Span span) {
      return IntStream.concat(
              IntStream.of(span.from()),
              new Sentences().cuts(length, written).stream().mapToInt(Cut::kept))
          .filter(kept -> kept >= span.from() && kept < Math.max(span.to(), span.from() + 1))
          .distinct()
          .sorted()
          .mapToObj(kept -> new Cut((double) kept / Math.max(1, length), kept))
          .toList();
    }

    @Override
    public String spec() {
      return "thinking";
    }
  }

  /// At the beginning of a turn, and before each call of a tool in it, where the tokens tell of
  /// one.
  record Turns() implements CutPlan {
    /// What models write before a call.
    private static final List<String> CALLS = List.of("<tool_call>", "<|python_tag|>");

    @Override
    public List<Cut> cuts(int length) {
      return new Every(1).cuts(length);
    }

    /// The cuts of a turn.
    public List<Cut> cuts(Tokens response, Vocabulary vocabulary) {
      Set<Integer> calls = new HashSet<>();
      CALLS.forEach(name -> vocabulary.marker(name).ifPresent(calls::add));
      return IntStream.range(0, response.size())
          .filter(kept -> kept == 0 || calls.contains(response.at(kept)))
          .mapToObj(kept -> new Cut((double) kept / response.size(), kept))
          .toList();
    }

    @Override
    public String spec() {
      return "turns";
    }
  }

  /// Wherever a search says, from what it has seen so far; so no cut is known beforehand.
  ///
  /// @param width how far from the steepest rise the place may be that the search is content with,
  ///   as a share of the response, in (0, 1]
  /// @param confidence that it is so near, in (0, 1)
  /// @param rollouts it may spend on a response, at least 1
  record Search(double width, double confidence, int rollouts) implements CutPlan {
    private static final String NAME = "search:";
    private static final Pattern SPEC =
        Pattern.compile(NAME + "width=([0-9.]+),confidence=([0-9.]+),rollouts=([0-9]{1,9})");

    public Search {
      if (!(width > 0 && width <= 1)) {
        throw new IllegalArgumentException("a width is a share in (0, 1], not " + width);
      }
      if (!(confidence > 0 && confidence < 1)) {
        throw new IllegalArgumentException("a confidence lies in (0, 1), not " + confidence);
      }
      if (rollouts < 1) {
        throw new IllegalArgumentException("a search has at least 1 rollout, not " + rollouts);
      }
    }

    @Override
    public List<Cut> cuts(int length) {
      return List.of();
    }

    @Override
    public boolean blind() {
      return false;
    }

    @Override
    public String spec() {
      return NAME
          + "width="
          + BigDecimal.valueOf(width).toPlainString()
          + ",confidence="
          + BigDecimal.valueOf(confidence).toPlainString()
          + ",rollouts="
          + rollouts;
    }

    private static Search parse(String spec) {
      Matcher parts = SPEC.matcher(spec);
      if (!parts.matches()) {
        throw new IllegalArgumentException(
            "a search is search:width=W,confidence=C,rollouts=N, not " + spec);
      }
      return new Search(
          Double.parseDouble(parts.group(1)),
          Double.parseDouble(parts.group(2)),
          Integer.parseInt(parts.group(3)));
    }
  }

  /// Where a file says that somebody has cut already, for reasons of their own. Nothing is sampled
  /// by this plan.
  record Recorded() implements CutPlan {
    private static final String NAME = "recorded";

    @Override
    public List<Cut> cuts(int length) {
      return List.of();
    }

    @Override
    public boolean blind() {
      return false;
    }

    @Override
    public String spec() {
      return NAME;
    }
  }

  /// A plan written as fractions (`.05,.1,.3`), as a stride in tokens (`every:1`, `every:8`), as
  /// the first tokens (`first:30`, and `first:30,every:8` with some of the others), as `sentences`,
  /// `thinking` or `turns`, or as a search (`search:width=.05,confidence=.9,rollouts=130`);
  /// `recorded` is one too.
  ///
  /// @throws IllegalArgumentException if it is neither, saying why
  static CutPlan parse(String spec) {
    Optional<CutPlan> named =
        Stream.<CutPlan>of(new Sentences(), new InThinking(), new Turns(), new Recorded())
            .filter(plan -> plan.spec().equals(spec.strip()))
            .findFirst();
    if (named.isPresent()) {
      return named.get();
    }
    try {
      if (spec.startsWith("every:")) {
        return new Every(Integer.parseInt(spec.substring("every:".length()).strip()));
      }
      if (spec.startsWith(First.NAME)) {
        return First.parse(spec);
      }
      if (spec.startsWith(Search.NAME)) {
        return Search.parse(spec);
      }
      List<BigDecimal> fractions = new ArrayList<>();
      for (String part : spec.split(",", -1)) {
        fractions.add(new BigDecimal(part.strip()));
      }
      return new Fractions(fractions);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "cuts are fractions, every:K, first:N, first:N,every:K, sentences, thinking or turns, not"
              + " "
              + spec,
          e);
    }
  }
}
