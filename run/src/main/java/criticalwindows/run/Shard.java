package criticalwindows.run;

import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// One of several equal shares of a run's problems, and with them of its keys: those of one problem
/// are all in one share, because continuations need their original.
///
/// @param index from 1
/// @param count of shares, at least `index`
public record Shard(int index, int count) {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

  /// The share that a text such as `2/8` names.
  ///
  /// @throws UserError if it names none
  public static Shard parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (matcher.matches()) {
      Shard shard =
          new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
      if (shard.index >= 1 && shard.index <= shard.count) {
        return shard;
      }
    }
    throw new UserError("--shard " + text, "give I/N with I from 1 to N, such as 2/8");
  }

  /// Every `count`-th problem.
  public List<Problem> of(List<Problem> problems) {
    return IntStream.range(0, problems.size())
        .filter(i -> i % count == index - 1)
        .mapToObj(problems::get)
        .toList();
  }
}
