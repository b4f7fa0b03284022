package criticalwindows.reminders;

import criticalwindows.finetune.Example;
import criticalwindows.finetune.Passage;
import criticalwindows.finetune.Targets;
import criticalwindows.model.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A turn of the assistant to be learnt from.
///
/// @param item what was asked
/// @param prompt all that comes before the turn, at least one token
/// @param begun with what somebody else began the turn: read, and not learnt
/// @param own what is learnt, with the token that ends the turn; at least one token
record WrittenTurn(String item, Tokens prompt, Tokens begun, Tokens own) {
  /// How many tokens are read for it.
  int tokens() {
    return prompt.size() + begun.size() + own.size();
  }

  /// As an example: what was begun has weight 0.
  ///
  /// @param weight of each token that is learnt, above 0
  Example example(double weight) {
    Tokens turn = begun.plus(own);
    double[] weights = new double[turn.size()];
    Arrays.fill(weights, begun.size(), weights.length, weight);
    int before = prompt.size() - 1;
    int[] places = IntStream.range(before, before + turn.size()).toArray();
    Targets targets = new Targets(places, turn.toArray(), weights);
    Passage passage = new Passage(prompt.plus(turn), targets);
    return new Example(item, item, Example.Kind.WEIGHTED, List.of(passage));
  }
}
