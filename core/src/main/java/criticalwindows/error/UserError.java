package criticalwindows.error;

import java.io.Serial;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Something a user asked for that cannot be, and what to do about it. It is shown as two lines and
/// never as a stack trace.
public final class UserError extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String hint;

  /// @param error what failed, where, and the value
  /// @param hint what to do
  public UserError(String error, String hint) {
    super(error);
    this.hint = hint;
  }

  /// @param cause for those who look deeper
  public UserError(String error, String hint, Throwable cause) {
    super(error, cause);
    this.hint = hint;
  }

  /// What to do.
  public String hint() {
    return hint;
  }

  /// Nothing goes by that name; the nearest names that exist are offered.
  ///
  /// @param kind of thing, such as "data set"
  public static UserError unknown(String kind, String name, Collection<String> known) {
    List<String> nearest =
        known.stream()
            .sorted(
                Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                    .thenComparing(candidate -> candidate))
            .limit(3)
            .toList();
    return new UserError(
        "no " + kind + " named " + name, "there is: " + String.join(", ", nearest));
  }

  /// Levenshtein's distance, letter case aside.
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
