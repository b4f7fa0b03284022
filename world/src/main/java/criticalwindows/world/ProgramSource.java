package criticalwindows.world;

import java.util.List;

/// What a program writes to, and all the chance there is for it.
public interface ProgramSource {
  /// Writes a text that follows from the choices so far.
  void write(String text);

  /// Writes one of several wordings, each as likely as the others. It never changes the answer.
  ///
  /// @param wordings at least one; one given twice is twice as likely
  void surface(String... wordings);

  /// Takes one of several options by their probabilities and writes its text.
  ///
  /// @param name of the kind of decision, such as `trap:each`
  /// @param options whose probabilities sum to 1
  /// @return the index of the option taken
  int decide(String name, List<Option> options);

  /// Takes one of two options.
  ///
  /// @return 0 for `usual`, 1 for `other`
  default int decide(String name, Option usual, Option other) {
    return decide(name, List.of(usual, other));
  }

  /// Lets something happen or not: writes the text of what happens, or nothing.
  ///
  /// @return whether it happened
  default boolean happens(String name, Option event) {
    return decide(name, new Option(1 - event.probability(), ""), event) == 1;
  }
}
