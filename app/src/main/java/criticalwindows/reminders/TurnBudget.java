package criticalwindows.reminders;

import criticalwindows.finetune.Example;
import java.util.ArrayList;
import java.util.List;

/// How much an arm learns from in one epoch, whatever its turns are: as many tokens, as much weight
/// and about as many steps as every other arm.
///
/// @param tokens that are read at least; the last turn may go beyond them
/// @param mass the sum of the weights of all tokens that are learnt
/// @param steps about; see [#batch]
record TurnBudget(long tokens, double mass, int steps) {
  /// The first turns that have so many tokens together, each token that is learnt with the same
  /// weight.
  ///
  /// @throws IllegalArgumentException if there are too few turns
  List<Example> examples(List<WrittenTurn> turns) {
    List<WrittenTurn> taken = new ArrayList<>();
    long read = 0;
    for (int i = 0; read < tokens && i < turns.size(); i++) {
      taken.add(turns.get(i));
      read += turns.get(i).tokens();
    }
    if (read < tokens) {
      throw new IllegalArgumentException(
          turns.size() + " turns have " + read + " tokens of " + tokens);
    }
    double weight = mass / taken.stream().mapToInt(turn -> turn.own().size()).sum();
    return taken.stream().map(turn -> turn.example(weight)).toList();
  }

  /// Examples of one step, so that there are so many steps, or a few less where they are few.
  int batch(List<Example> examples) {
    return Math.ceilDiv(examples.size(), steps);
  }
}
