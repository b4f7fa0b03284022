package criticalwindows.intervene;

import java.util.List;

/// How many whole responses cost as many tokens as something else.
///
/// They are counted in the order of their index: one in any case, then another as long as at least
/// half of a typical one is left to spend. Whether one counts is known before it is drawn, so long
/// responses are as likely to count as short ones; and on average as much is spent as there is, but
/// for budgets below one response.
///
/// @param budget in tokens
/// @param typical tokens of a response, at least 1
record EqualCost(long budget, long typical) {
  /// Those of these that count; all of them where they do not suffice.
  List<DrawnAnswer> of(List<DrawnAnswer> fresh) {
    long left = budget;
    int count = 0;
    while (count < fresh.size() && another(count, left)) {
      left -= fresh.get(count++).tokens();
    }
    return fresh.subList(0, count);
  }

  /// About how many more are to be drawn; 0 where they suffice.
  int lacking(List<DrawnAnswer> fresh) {
    long left = budget - fresh.stream().mapToLong(DrawnAnswer::tokens).sum();
    boolean enough = of(fresh).size() < fresh.size() || !another(fresh.size(), left);
    return enough ? 0 : (int) Math.max(1, Math.round((double) left / typical));
  }

  private boolean another(int taken, long left) {
    return taken == 0 || 2 * left >= typical;
  }
}
