package criticalwindows.attack;

import java.util.random.RandomGenerator;

/// A way to dress requests so that a model may forget to refuse them; each request alike.
public interface Family {
  /// Short, as on the command line: `many-shot`.
  String name();

  /// What people should know of it, in one or two sentences: what it does, and who has published
  /// it.
  String about();

  /// Dresses a request.
  ///
  /// @param random all chance is drawn here
  Attacked dress(Request request, RandomGenerator random);
}
