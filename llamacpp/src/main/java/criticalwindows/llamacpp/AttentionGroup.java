package criticalwindows.llamacpp;

import java.util.List;

/// Tokens of a batch whose attention is computed together: one token of each of several
/// neighbouring sequences with a shared prefix, or several tokens of one sequence.
///
/// @param first place in the batch
/// @param count of tokens
/// @param sequence of the first
/// @param together whether all are of that one
/// @param sharedPrefix where the first tokens are read
/// @param shared cells read there, as many as any of them reads, whole blocks
/// @param own cells read in each sequence, whole blocks
record AttentionGroup(
    int first, int count, int sequence, boolean together, int sharedPrefix, int shared, int own) {
  int width() {
    return shared + own;
  }

  /// What is read: in the shared prefix, if there is one, and in the sequences themselves.
  List<Stretch> stretches() {
    Stretch owned = new Stretch(sequence, together ? 1 : count, own, shared, false);
    return shared == 0
        ? List.of(owned)
        : List.of(new Stretch(sharedPrefix, 1, shared, 0, true), owned);
  }

  /// Pairs of a token and a cell.
  int pairs() {
    return count * width();
  }

  /// The first cells of a sequence, or of each of some neighbours.
  ///
  /// @param column where the scores of the first cell are
  /// @param turned whether its values lie cell by cell
  record Stretch(int sequence, int sequences, int cells, int column, boolean turned) {
    boolean each() {
      return sequences > 1;
    }
  }
}
