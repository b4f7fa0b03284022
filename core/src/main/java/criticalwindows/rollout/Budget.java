package criticalwindows.rollout;

import criticalwindows.view.Numbers;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The most that one session of a run may spend. A rollout is one script: an original, a
/// continuation, an early answer or a direct answer, with its follow-up. Tokens are those that were
/// sampled, the follow-up's too, of rollouts that ended.
public sealed interface Budget {
  /// No limit: everything that is missing.
  Budget NONE = new Unlimited();

  /// Whether this much is all of it.
  boolean spentBy(Spending spending);

  /// How many more rollouts may begin, by what they took so far.
  ///
  /// @return at least 1 while the budget is not spent
  long left(Spending spending);

  /// For people, such as `20,000 rollouts`.
  String show();

  /// No limit.
  record Unlimited() implements Budget {
    @Override
    public boolean spentBy(Spending spending) {
      return false;
    }

    @Override
    public long left(Spending spending) {
      return Long.MAX_VALUE;
    }

    @Override
    public String show() {
      return "no limit";
    }
  }

  /// So many rollouts, and not one more.
  ///
  /// @param most at least 1
  record Rollouts(long most) implements Budget {
    public Rollouts {
      requirePositive(most);
    }

    @Override
    public boolean spentBy(Spending spending) {
      return spending.rollouts() >= most;
    }

    @Override
    public long left(Spending spending) {
      return most - spending.rollouts();
    }

    @Override
    public String show() {
      return count(most) + " rollouts";
    }
  }

  /// So many sampled tokens: the rollout that reaches them is the last one.
  ///
  /// @param most at least 1
  record Tokens(long most) implements Budget {
    public Tokens {
      requirePositive(most);
    }

    @Override
    public boolean spentBy(Spending spending) {
      return spending.tokens() >= most;
    }

    /// As many as the rest is enough for at the mean so far, so that little is begun in vain.
    @Override
    public long left(Spending spending) {
      long left = most - spending.tokens();
      return spending.tokens() == 0
          ? Long.MAX_VALUE
          : Math.max(1, (long) ((double) left * spending.rollouts() / spending.tokens()));
    }

    @Override
    public String show() {
      return count(most) + " tokens";
    }
  }

  /// So much time: the first rollout that ends after it is the last one.
  ///
  /// @param most more than 0
  record Time(Duration most) implements Budget {
    public Time {
      requirePositive(most.toMillis());
    }

    @Override
    public boolean spentBy(Spending spending) {
      return spending.elapsed().compareTo(most) >= 0;
    }

    @Override
    public long left(Spending spending) {
      return Long.MAX_VALUE;
    }

    @Override
    public String show() {
      return spoken(most);
    }
  }

  /// A budget written as a time (`2h`, `90m`, `1h30m`, `45s`), as tokens (`5M-tokens`) or as
  /// rollouts (`20k-rollouts`); k is a thousand, M a million.
  ///
  /// @throws IllegalArgumentException if it is none of these, saying why
  static Budget parse(String text) {
    Matcher amount = Written.AMOUNT.matcher(text.strip());
    if (amount.matches()) {
      long most = Written.amount(amount.group(1), amount.group(2));
      return amount.group(3).equals("tokens") ? new Tokens(most) : new Rollouts(most);
    }
    Matcher time = Written.TIME.matcher(text.strip());
    if (time.matches() && !text.isBlank()) {
      return new Time(Written.time(time));
    }
    throw new IllegalArgumentException(
        "a budget is a time (s, m, h), tokens or rollouts (k, M), not " + text);
  }

  /// A time for people: `42 s`, `3 min 20 s`, `2 h 5 min`.
  static String spoken(Duration time) {
    long seconds = Math.round(time.toMillis() / 1000.0);
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
  }

  private static String count(long count) {
    return Numbers.count(count);
  }

  private static void requirePositive(long most) {
    if (most < 1) {
      throw new IllegalArgumentException("a budget is more than 0");
    }
  }

  /// How budgets are written.
  final class Written {
    private static final String NUMBER = "([0-9]{1,12}(?:\\.[0-9]{1,6})?)";
    private static final Pattern AMOUNT = Pattern.compile(NUMBER + "([kKM]?)-(tokens|rollouts)");
    private static final Pattern TIME =
        Pattern.compile("(?:" + NUMBER + "h)?(?:" + NUMBER + "m)?(?:" + NUMBER + "s)?");

    private Written() {}

    private static long amount(String number, String unit) {
      int power =
          switch (unit) {
            case "" -> 0;
            case "M" -> 6;
            default -> 3;
          };
      return new BigDecimal(number).movePointRight(power).longValue();
    }

    private static Duration time(Matcher written) {
      double seconds = 0;
      int[] units = {3600, 60, 1};
      for (int i = 0; i < units.length; i++) {
        String part = written.group(i + 1);
        seconds += part == null ? 0 : Double.parseDouble(part) * units[i];
      }
      return Duration.ofMillis(Math.round(seconds * 1000));
    }
  }
}
