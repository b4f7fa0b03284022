package criticalwindows.rollout;

import java.util.regex.Pattern;

/// What a script is in its experiment: the original, a continuation of one kind, a judgement. An
/// experiment may have arms of its own. The original comes before all others, which are ordered by
/// their names.
///
/// @param name lower-case words with hyphens between them, such as `early`
public record Arm(String name) implements Comparable<Arm> {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  /// The response that is cut.
  public static final Arm ORIGINAL = new Arm("original");

  /// A continuation from a cut.
  public static final Arm RESAMPLE = new Arm("resample");

  /// The answer asked for at a cut, without going on.
  public static final Arm EARLY = new Arm("early");

  /// The answer without any reasoning.
  public static final Arm DIRECT = new Arm("direct");

  /// A text that was given, not sampled, and scored.
  public static final Arm GIVEN = new Arm("given");

  /// A continuation from a cut, after a hint.
  public static final Arm HINTED = new Arm("hinted");

  public Arm {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of an arm: " + name);
    }
  }

  /// Whether it is one of noise and denoise: the response, its continuations, and the answers that
  /// are asked for. All others belong to what an experiment does besides.
  public boolean ofCuts() {
    return equals(ORIGINAL) || equals(RESAMPLE) || equals(EARLY) || equals(DIRECT);
  }

  @Override
  public int compareTo(Arm other) {
    boolean first = equals(ORIGINAL);
    return first == other.equals(ORIGINAL) ? name.compareTo(other.name) : first ? -1 : 1;
  }

  @Override
  public String toString() {
    return name;
  }
}
