package criticalwindows.localise;

import java.util.List;

/// A step of a search.
public sealed interface Move {
  /// Why, in a few words.
  String reason();

  /// Sample here.
  ///
  /// @param draws at least one, no position twice
  record Sample(List<Draw> draws, String reason) implements Move {
    public Sample {
      draws = List.copyOf(draws);
    }
  }

  /// So many continuations from one position.
  ///
  /// @param position in tokens kept, from 0 to the length
  /// @param count at least 1
  record Draw(int position, int count) {
    public Draw {
      if (position < 0 || count < 1) {
        throw new IllegalArgumentException(count + " draws at position " + position);
      }
    }
  }

  /// Enough.
  record Stop(String reason) implements Move {}
}
