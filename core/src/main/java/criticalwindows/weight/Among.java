package criticalwindows.weight;

import criticalwindows.error.UserError;
import criticalwindows.localise.Prior;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Key;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/// The responses that are exported together, for rules that look at others or draw by chance. What
/// is drawn goes by the seed and the item alone.
public final class Among {
  private final Map<String, Decided> others = new HashMap<>();
  private final Prior prior;
  private final long seed;

  /// @param all one an item
  /// @param prior of the window model
  /// @param seed of what rules draw
  public Among(List<Decided> all, Prior prior, long seed) {
    this.prior = prior;
    this.seed = seed;
    List<Decided> order = new ArrayList<>(all);
    order.sort((one, other) -> one.item().compareTo(other.item()));
    Collections.shuffle(order, new Random(seed));
    for (int i = 0; i < order.size(); i++) {
      others.put(order.get(i).item(), order.get((i + 1) % order.size()));
    }
  }

  Prior prior() {
    return prior;
  }

  /// What chance a rule has with an item.
  Random random(String item, String rule) {
    return new Random(new Key(item, new Arm(rule), 0, 0).seed(seed));
  }

  /// Another response, a different one for each.
  ///
  /// @throws UserError if there is no other
  Decided other(Decided one) {
    Decided other = Objects.requireNonNull(others.get(one.item()), one.item());
    if (other.item().equals(one.item())) {
      throw new UserError(
          "weights that are shuffled among responses, and there is only one",
          "export a run with more responses, or name another --rule");
    }
    return other;
  }
}
