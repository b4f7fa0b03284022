package criticalwindows.world;

import java.util.Arrays;
import java.util.List;

/// A source that leads a program, run after run, along every path whose text starts with a prefix.
///
/// It searches depth-first: each run follows the choices of the last one up to its deepest open
/// choice and turns there. Options that contradict the prefix are never entered. Wordings past the
/// prefix are not searched, for they change no answer. A run that contradicts the prefix is dead:
/// its program goes on to its end, unheard.
final class Replay implements ProgramSource {
  private static final int NONE = -1;

  private final String prefix;
  private int[] taken = new int[64];

  /// For each choice of the run, the next one that is still to be tried there, or [#NONE].
  private int[] open = new int[64];

  /// How many choices of this run are settled before it starts.
  private int settled;

  private int depth;
  private int written;
  private double weight = 1;
  private boolean dead;

  Replay(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public void write(String text) {
    dead = dead || !fits(text);
    written += text.length();
  }

  @Override
  public void surface(String... wordings) {
    if (dead) {
      return;
    }
    if (written >= prefix.length()) {
      turn(0, NONE);
      written += wordings[0].length();
      return;
    }
    int choice = settled(depth) ? taken[depth] : wording(wordings, 0);
    if (choice == NONE) {
      dead = true;
      return;
    }
    turn(choice, searched(depth) ? open[depth] : wording(wordings, choice + 1));
    weight *= (double) count(wordings, wordings[choice]) / wordings.length;
    written += wordings[choice].length();
  }

  @Override
  public int decide(String name, List<Option> options) {
    if (dead) {
      return 0;
    }
    int choice = settled(depth) ? taken[depth] : option(options, 0);
    if (choice == NONE) {
      dead = true;
      return 0;
    }
    turn(choice, searched(depth) ? open[depth] : option(options, choice + 1));
    Option option = options.get(choice);
    weight *= option.probability();
    written += option.text().length();
    return choice;
  }

  /// Whether the run that has ended wrote a text that starts with the prefix.
  boolean matches() {
    return !dead && written >= prefix.length();
  }

  /// The product of the probabilities of the run's choices, wordings past the prefix aside.
  double weight() {
    return weight;
  }

  /// How many characters the run wrote.
  int written() {
    return written;
  }

  /// The choices of the run.
  Path path() {
    return new Path(prefix.length(), Arrays.copyOf(taken, depth));
  }

  /// Makes ready for the next run.
  ///
  /// @return false if there is none
  boolean advance() {
    while (depth > 0 && open[depth - 1] == NONE) {
      depth--;
    }
    if (depth == 0) {
      return false;
    }
    taken[depth - 1] = open[depth - 1];
    settled = depth;
    depth = 0;
    written = 0;
    weight = 1;
    dead = false;
    return true;
  }

  private boolean settled(int at) {
    return at < settled;
  }

  /// Whether what is open at a choice was found in an earlier run and still holds; at the turning
  /// point it does not.
  private boolean searched(int at) {
    return at < settled - 1;
  }

  private void turn(int choice, int next) {
    if (depth == taken.length) {
      taken = Arrays.copyOf(taken, 2 * depth);
      open = Arrays.copyOf(open, 2 * depth);
    }
    taken[depth] = choice;
    open[depth] = next;
    depth++;
  }

  private int wording(String[] wordings, int from) {
    for (int i = from; i < wordings.length; i++) {
      // One given twice is followed once, with double weight.
      if (fits(wordings[i]) && first(wordings, i)) {
        return i;
      }
    }
    return NONE;
  }

  private int option(List<Option> options, int from) {
    for (int i = from; i < options.size(); i++) {
      if (options.get(i).probability() > 0 && fits(options.get(i).text())) {
        return i;
      }
    }
    return NONE;
  }

  private boolean fits(String text) {
    int length = Math.min(text.length(), prefix.length() - written);
    return length <= 0 || prefix.regionMatches(written, text, 0, length);
  }

  private static boolean first(String[] wordings, int index) {
    for (int i = 0; i < index; i++) {
      if (wordings[i].equals(wordings[index])) {
        return false;
      }
    }
    return true;
  }

  private static int count(String[] wordings, String wording) {
    int count = 0;
    for (String other : wordings) {
      if (other.equals(wording)) {
        count++;
      }
    }
    return count;
  }
}
