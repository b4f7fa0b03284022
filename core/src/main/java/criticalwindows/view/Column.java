package criticalwindows.view;

import java.util.function.Function;

/// A column of a [View]: what it is called, what that means, and what it shows of a row.
///
/// @param <R> what a row is made of
/// @param name as its head has it; empty where the cells speak for themselves
/// @param meaning in a few words, for people who see the name alone
/// @param show a cell's text
public record Column<R>(String name, String meaning, Function<R, String> show) {
  public Column {
    if (meaning.isBlank()) {
      throw new IllegalArgumentException("the column " + name + " is not explained");
    }
  }
}
