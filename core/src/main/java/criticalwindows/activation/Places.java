package criticalwindows.activation;

import criticalwindows.error.UserError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// At which tokens of a text activations are read.
public interface Places {
  /// Of a text, as [Place#kept] counts, ascending; there may be none.
  List<Integer> in(Extent text);

  /// As users name it; [#parse] makes the same of it.
  String word();

  /// A text.
  ///
  /// @param prompted tokens of its prompt, at least one
  /// @param length tokens of its response
  /// @param cuts where continuations of the response were sampled, as tokens kept
  record Extent(int prompted, int length, List<Integer> cuts) {
    public Extent {
      cuts = List.copyOf(cuts);
    }
  }

  /// The places of a name: `cuts`, `ends`, `every:K` or `tokens:N,N…`.
  ///
  /// @throws UserError if it is none
  static Places parse(String word) {
    if (word.equals("cuts")) {
      return new Cuts();
    }
    if (word.equals("ends")) {
      return new Ends();
    }
    if (word.matches("every:[1-9][0-9]{0,5}")) {
      return new Every(Integer.parseInt(word.substring("every:".length())));
    }
    if (word.matches("tokens:-?[0-9]{1,6}(,-?[0-9]{1,6})*")) {
      String[] numbers = word.substring("tokens:".length()).split(",", -1);
      return new Given(Arrays.stream(numbers).map(Integer::valueOf).toList());
    }
    throw new UserError(
        "no places: " + word,
        "say cuts, ends, every:K such as every:8, or tokens:N,N such as tokens:0,30");
  }

  /// Where continuations were sampled.
  record Cuts() implements Places {
    @Override
    public List<Integer> in(Extent text) {
      return text.cuts.stream().filter(kept -> kept <= text.length).sorted().distinct().toList();
    }

    @Override
    public String word() {
      return "cuts";
    }
  }

  /// The prompt's last token, and the response's.
  record Ends() implements Places {
    @Override
    public List<Integer> in(Extent text) {
      return text.length == 0 ? List.of(0) : List.of(0, text.length);
    }

    @Override
    public String word() {
      return "ends";
    }
  }

  /// The prompt's last token, and from there on every k-th one.
  ///
  /// @param step at least 1
  record Every(int step) implements Places {
    @Override
    public List<Integer> in(Extent text) {
      return IntStream.iterate(0, kept -> kept <= text.length, kept -> kept + step)
          .boxed()
          .toList();
    }

    @Override
    public String word() {
      return "every:" + step;
    }
  }

  /// These, as far as a text has them.
  record Given(List<Integer> kept) implements Places {
    public Given {
      kept = List.copyOf(new TreeSet<>(kept));
    }

    @Override
    public List<Integer> in(Extent text) {
      List<Integer> there = new ArrayList<>(kept);
      there.removeIf(each -> each > text.length || each <= -text.prompted);
      return there;
    }

    @Override
    public String word() {
      return "tokens:" + String.join(",", kept.stream().map(String::valueOf).toList());
    }
  }
}
