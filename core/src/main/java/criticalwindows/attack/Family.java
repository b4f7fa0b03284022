package criticalwindows.attack;

import java.util.random.RandomGenerator;

/// A way to dress requests so that a model may forget to refuse them; each request alike.
public interface Family {
  /// Short, as on the command line: `many-shot`, `many-shot:8`.
  String name();

  /// What people should know of it.
  FamilyCard card();

  /// Dresses a request. [Families#dress] is the usual way: it has a seed for each request and
  /// family, and keeps it.
  ///
  /// @param random all chance is drawn here
  Attacked dress(Request request, RandomGenerator random);
}
