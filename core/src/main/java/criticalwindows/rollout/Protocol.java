package criticalwindows.rollout;

import criticalwindows.dataset.Problem;
import criticalwindows.model.Model;

/// What an experiment asks of a model. A protocol and its courses are deterministic: the same
/// samples lead to the same scripts, whatever the order in which they came, the budget, and the
/// sessions that a run took. They keep nothing: the ledger says what is there.
public interface Protocol {
  /// The model that is asked.
  Model model();

  /// The most tokens that a script of this item comes to hold.
  int mostTokens(Problem item);

  /// No item takes more scripts; of one that has as many nothing is missing.
  int mostScripts();

  /// About how many an item takes, as long as none tells.
  default int aboutScripts() {
    return mostScripts();
  }

  /// What is asked of one item.
  Course begin(Problem item);

  /// About how many scripts of an item are ready together.
  default int atOnce() {
    return mostScripts();
  }

  /// What its courses go by.
  default Reads reads() {
    return Reads.ALL;
  }

  /// How scripts compete for a budget.
  default Order order() {
    return Order.BY_ITEM;
  }

  /// Called before anything that courses have asked for is run: a protocol that keeps a record of
  /// its decisions makes it durable here.
  ///
  /// @param commit makes durable all samples so far, which decisions rest on
  default void record(Runnable commit) {}

  /// Which samples decide what is asked next.
  enum Reads {
    /// The responses that are cut, and nothing else.
    ORIGINALS,
    /// All of them.
    ALL
  }

  /// What comes first where a budget is too small for all.
  enum Order {
    /// Item by item, in the run's order.
    BY_ITEM,
    /// All items are begun, then what is worth most: [Course#worth].
    BY_WORTH
  }
}
